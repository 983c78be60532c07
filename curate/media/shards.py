"""Packed media: Parquet shards of a store, whose files are read one at a time.

A shard has a row a file (PACKED), uncompressed, in small row groups. Of a group that is read for
the first time the length of every value is kept: values end where their column ends, so that the
next file of it is read alone. What comes out is held against the digest in its name.
"""

import hashlib
import os
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq

from curate.media.names import DIGITS, key_of
from curate.media.shard_index import Group, Index, listed, load, whole

FOLDER = "packed"
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
        self._index: Index | None = None
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
        with whole(found[0].path):
            return self._span(*found)[1]

    def read(self, file: str) -> bytes | None:
        """A file's bytes; None where it is not there."""
        found = self._find(file)
        if found is None:
            return None
        group, row = found
        with whole(group.path):
            data = _at(group.path, *self._span(group, row))
            if not _is_of(data, file):  # packed by another hand: compressed, or in several pages
                data = self._values(group)[row].as_py()
            if not _is_of(data, file):
                raise ValueError(f"{file} has other bytes than its name says")
        return data

    def look_again(self) -> Index:
        """Read what the shards have, where shards came or went."""
        with self._lock:
            names = listed(self._folder)
            if self._index is None or self._index.names != names:
                self._index = load(self._folder, names)
            return self._index

    def _find(self, file: str) -> tuple[Group, int] | None:
        key = key_of(file)
        if key is None:
            return None
        found = self._index.find(key) if self._index else None
        return found or self.look_again().find(key)

    def _span(self, group: Group, row: int) -> tuple[int, int]:
        """Where a row's value starts in the file, in a column as we write it, and its bytes."""
        if group.starts is None:
            group.starts = _starts(group, self._values(group))
        start = int(group.starts[row])
        return start, int(group.starts[row + 1]) - LENGTH - start


def _values(group: Group) -> Any:
    """The bytes of a row group's files. Shape: (rows,)."""
    with pq.ParquetFile(group.path, pre_buffer=False) as file:
        table = file.read_row_group(group.number, columns=["bytes"], use_threads=False)
    return table.column(0).combine_chunks()


def _starts(group: Group, values: Any) -> Any:
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


def _is_of(data: bytes | None, file: str) -> bool:
    return data is not None and hashlib.sha256(data).hexdigest() == file[:DIGITS]
