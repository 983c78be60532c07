"""Files of a store into Parquet shards, each of which is there whole or not at all."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock

import pyarrow as pa

from curate.disk import sync_file, sync_folder
from curate.media.groups import Groups
from curate.media.shard_index import PACKED
from curate.media.shards import Shards

LARGEST = 64 << 20
"""Bytes of a video above which it stays a file."""

GROUP_BYTES = 4 << 20
SHARD_BYTES = 256 << 20
MANY = 250_000
"""Names of files packed that are kept, before those in whole shards are looked up there."""


class Packer:
    """Packs files below `folder`. Threads may add at the same time.

    A shard is written under a name that `new_name` gives and then renamed, after the files in it.
    """

    def __init__(self, folder: Path, shards: Shards, new_name: Callable[[], Path]) -> None:
        self._folder, self._shards, self._new_name = folder, shards, new_name
        self._lock = Lock()
        self._names: set[str] = set()
        self._shard: _Shard | None = None

    def knows(self, file: str) -> bool:
        """Whether a file is packed already, in this run or before."""
        return file in self._names or self._shards.knows(file)

    def add(self, file: str, data: bytes) -> None:
        """Pack a file, once."""
        with self._lock:
            if self.knows(file):
                return
            if self._shard is not None and self._shard.size + len(data) > SHARD_BYTES:
                self._finish()
            if self._shard is None:
                self._shard = _Shard(self._new_name())
            self._shard.add(file, data)
            self._names.add(file)

    def finish(self) -> None:
        """End the shard that is open; its files are then on the disk and can be read."""
        with self._lock:
            self._finish()

    def abandon(self) -> None:
        """Leave out what is not in a whole shard."""
        with self._lock:
            if self._shard is not None:
                with suppress(OSError, pa.ArrowException):  # the disk may be full
                    self._shard.groups.close()
                self._shard.path.unlink(missing_ok=True)
            self._shard = None
            self._names.clear()

    def _finish(self) -> None:
        if self._shard is None:
            return
        shard, folder = self._shard, self._folder
        shard.groups.close()
        sync_file(shard.path)
        folder.mkdir(exist_ok=True)
        shard.path.replace(folder / f"{shard.digest.hexdigest()}.parquet")
        sync_folder(folder)
        sync_folder(folder.parent)
        self._shard = None
        if len(self._names) > MANY:
            self._names.clear()
            self._shards.look_again()


class _Shard:
    """A shard that is being written; `digest` is that of the names in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        self.digest = hashlib.sha256()
        self.groups = Groups(path, PACKED, GROUP_BYTES)

    def add(self, file: str, data: bytes) -> None:
        self.groups.add((file, data), len(data))
        self.digest.update(f"{file}\n".encode("ascii"))
        self.size += len(data)
