"""Packed media: Parquet shards of a store, and where in them each file lies.

A shard has a row a file (PACKED), uncompressed, in small row groups. Of a group that is read for
the first time the length of every value is kept: values end where their column ends, so that the
next file of it is read alone. What comes out is held against the digest in its name.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from curate.media.names import DIGITS, key_of, keys_of
from schemas.errors import WorkspaceError

FOLDER = "packed"
PACKED = pa.schema(
    [pa.field("file", pa.string(), nullable=False), pa.field("bytes", pa.binary(), nullable=False)]
)
GROUP_LIMIT = 1 << 30
"""What one row group may unpack to; ours are far below."""

KEPT_GROUPS = 2
LENGTH = 4
"""Bytes in front of a value that say its length, in Parquet's plain encoding."""


class Shards:
    """The files in a folder's shards. Threads may read at the same time.

    What was packed since is looked for where a file is not found. Methods raise WorkspaceError
    where a shard is damaged.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._index: _Index | None = None
        self._values = lru_cache(KEPT_GROUPS)(_values)

    def knows(self, file: str) -> bool:
        """Whether a file was there when the shards were last looked through."""
        key = key_of(file)
        index = self._index or self.look_again()
        return key is not None and index.find(key) is not None

    def has(self, file: str) -> bool:
        """Whether a file is there."""
        return self._find(file) is not None

    def size(self, file: str) -> int | None:
        """Bytes of a file; None where it is not there."""
        found = self._find(file)
        if found is None:
            return None
        with _whole(found[0].path):
            return self._span(*found)[1]

    def read(self, file: str) -> bytes | None:
        """A file's bytes; None where it is not there."""
        found = self._find(file)
        if found is None:
            return None
        group, row = found
        with _whole(group.path):
            data = _at(group.path, *self._span(group, row))
            if not _is_of(data, file):  # packed by another hand: compressed, or in several pages
                data = self._values(group)[row].as_py()
            if not _is_of(data, file):
                raise ValueError(f"{file} has other bytes than its name says")
        return data

    def look_again(self) -> "_Index":
        """Read what the shards have, where shards came or went."""
        with self._lock:
            names = _names(self._folder)
            if self._index is None or self._index.names != names:
                self._index = _load(self._folder, names)
            return self._index

    def _find(self, file: str) -> "tuple[_Group, int] | None":
        key = key_of(file)
        if key is None:
            return None
        found = self._index.find(key) if self._index else None
        return found or self.look_again().find(key)

    def _span(self, group: "_Group", row: int) -> tuple[int, int]:
        """Where a row's value starts in the file, in a column as we write it, and its bytes."""
        if group.starts is None:
            group.starts = _starts(group, self._values(group))
        start = int(group.starts[row])
        return start, int(group.starts[row + 1]) - LENGTH - start


@dataclass(eq=False, slots=True)
class _Group:
    """A row group of a shard; `starts` is where each value is, and where one more would be."""

    path: Path
    number: int
    starts: Any = None


@dataclass(frozen=True, slots=True)
class _Index:
    """Files of all shards: sorted keys, their rows over all shards, the first row of each group.

    `names` is what the folder held.
    """

    names: Sequence[str]
    keys: Any
    rows: Any
    firsts: Any
    groups: Sequence[_Group]

    def find(self, key: bytes) -> tuple[_Group, int] | None:
        """The group and the row in it; None where no shard has the file."""
        place = int(np.searchsorted(self.keys, np.bytes_(key)))
        if place == len(self.keys) or self.keys[place] != key:
            return None
        row = self.rows[place]
        group = int(np.searchsorted(self.firsts, row, "right")) - 1
        return self.groups[group], int(row - self.firsts[group])


def _load(folder: Path, names: Sequence[str]) -> _Index:
    """The index of shards, by their column of names alone."""
    keys: list[Any] = [np.empty(0, "S37")]
    counts: list[int] = []
    groups: list[_Group] = []
    for path in (folder / name for name in names if name.endswith(".parquet")):
        with _whole(path), _opened(path) as file:
            about = [file.metadata.row_group(n) for n in range(file.num_row_groups)]
            counts += [group.num_rows for group in about]
            groups += [_Group(path, number) for number in range(len(about))]
            files = file.read(columns=["file"], use_threads=False).column(0)
            keys += [keys_of(chunk) for chunk in files.chunks if len(chunk)]
    joined = np.concatenate(keys)
    order = np.argsort(joined, kind="stable")
    firsts = np.cumsum([0, *counts], dtype=np.int64)[:-1]
    return _Index(names, joined[order], order, firsts, groups)


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


def _values(group: _Group) -> Any:
    """The bytes of a row group's files. Shape: (rows,)."""
    with pq.ParquetFile(group.path, pre_buffer=False) as file:
        table = file.read_row_group(group.number, columns=["bytes"], use_threads=False)
    return table.column(0).combine_chunks()


def _starts(group: _Group, values: Any) -> Any:
    """Where the values start if they are one plain page. Shape: (rows + 1,)."""
    column = pq.read_metadata(group.path).row_group(group.number).column(1)
    end = column.data_page_offset + column.total_compressed_size + LENGTH
    lengths = pc.fill_null(pc.binary_length(values), 0).to_numpy().astype(np.int64)
    after = np.cumsum(lengths[::-1] + LENGTH)[::-1]
    return np.append(end - after, end)


def _at(path: Path, start: int, size: int) -> bytes:
    handle = os.open(path, os.O_RDONLY)
    try:
        return os.pread(handle, size, max(0, start))
    finally:
        os.close(handle)


def _names(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - hot where files are missing
    except (FileNotFoundError, NotADirectoryError):
        return []


def _is_of(data: bytes | None, file: str) -> bool:
    return data is not None and hashlib.sha256(data).hexdigest() == file[:DIGITS]


@contextmanager
def _whole(path: Path) -> Iterator[None]:
    """What reading a damaged shard raises, as the one line that a user gets."""
    try:
        yield
    except (pa.ArrowException, OSError, ValueError, IndexError, TypeError) as error:
        first = (str(error).splitlines() or [type(error).__name__])[0][:200]
        raise WorkspaceError(
            f"{path} cannot be read: {first}", "remove it and pull its sources again"
        ) from error
