"""Which files the shards of a store have, and where: read from their column of names alone."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from curate.media.names import keys_of
from schemas.errors import WorkspaceError

PACKED = pa.schema(
    [pa.field("file", pa.string(), nullable=False), pa.field("bytes", pa.binary(), nullable=False)]
)
"""A row of a shard is a file of the store."""

GROUP_LIMIT = 1 << 30
"""What one row group may unpack to; ours are far below."""


@dataclass(eq=False, slots=True)
class Group:
    """A row group of a shard; `starts` is where each value is, and where one more would be."""

    path: Path
    number: int
    starts: Any = None


@dataclass(frozen=True, slots=True)
class Index:
    """Files of all shards: sorted keys, their rows over all shards, the first row of each group.

    `names` is what the folder held.
    """

    names: Sequence[str]
    keys: Any
    rows: Any
    firsts: Any
    groups: Sequence[Group]

    def find(self, key: bytes) -> tuple[Group, int] | None:
        """The group and the row in it; None where no shard has the file."""
        place = int(np.searchsorted(self.keys, np.bytes_(key)))
        if place == len(self.keys) or self.keys[place] != key:
            return None
        row = self.rows[place]
        group = int(np.searchsorted(self.firsts, row, "right")) - 1
        return self.groups[group], int(row - self.firsts[group])


def load(folder: Path, names: Sequence[str]) -> Index:
    """The index of shards, by their column of names alone."""
    keys: list[Any] = [np.empty(0, "S37")]
    counts: list[int] = []
    groups: list[Group] = []
    for path in (folder / name for name in names if name.endswith(".parquet")):
        with whole(path), _opened(path) as file:
            about = [file.metadata.row_group(n) for n in range(file.num_row_groups)]
            counts += [group.num_rows for group in about]
            groups += [Group(path, number) for number in range(len(about))]
            files = file.read(columns=["file"], use_threads=False).column(0)
            keys += [keys_of(chunk) for chunk in files.chunks if len(chunk)]
    joined = np.concatenate(keys)
    order = np.argsort(joined, kind="stable")
    firsts = np.cumsum([0, *counts], dtype=np.int64)[:-1]
    return Index(names, joined[order], order, firsts, groups)


def listed(folder: Path) -> list[str]:
    """What lies in a folder of shards, in order; nothing where there is no folder."""
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - hot where files are missing
    except (FileNotFoundError, NotADirectoryError):
        return []


@contextmanager
def whole(path: Path) -> Iterator[None]:
    """What reading a damaged shard raises, as the one line that a user gets."""
    try:
        yield
    except (pa.ArrowException, OSError, ValueError, IndexError, TypeError) as error:
        first = (str(error).splitlines() or [type(error).__name__])[0][:200]
        raise WorkspaceError(
            f"{path} cannot be read: {first}", "restore it, or remove it and pull its sources again"
        ) from error


def _opened(path: Path) -> pq.ParquetFile:
    """A shard, if it is a file with our columns and no row group of it is a bomb."""
    if not path.is_file():
        raise ValueError("it is no file")
    file = pq.ParquetFile(path, pre_buffer=False)
    if file.schema_arrow.names != PACKED.names:
        raise ValueError(f"its columns are {', '.join(file.schema_arrow.names)[:200]}")
    groups = map(file.metadata.row_group, range(file.num_row_groups))
    largest = max((group.total_byte_size for group in groups), default=0)
    if largest > GROUP_LIMIT:
        raise ValueError(f"a row group of {largest:,} bytes")
    return file
