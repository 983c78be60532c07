"""Media that data/ does not hold, packed into Parquet, and media out of both into a store."""

import hashlib
from collections.abc import Iterable, Iterator
from functools import partial
from io import RawIOBase
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyarrow as pa
import pyarrow.parquet as pq

from curate.bundle.checked import FIX, batches, damaged, opened, told_name
from curate.bundle.layout import MEDIA
from curate.engines.duckdb import DuckDBEngine
from curate.media.decoding import quiet_decoding
from curate.media.groups import Groups
from curate.media.names import STORED
from curate.media.rules import MediumFaultError
from curate.media.store import MediaStore
from curate.media.video import EXTENSIONS
from curate.views import parquet_rows
from schemas.errors import ExportError, SourceError

PART_BYTES = 8 << 20
GROUP_BYTES = 32 << 20
COLUMNS = ("images", "videos")


def shown_files(tables: Iterable[Path], scratch: Path) -> list[str]:
    """The names of all files that the prompts of these tables show, sorted."""
    engine = DuckDBEngine(scratch, {})
    try:
        engine.define("copied_prompts", parquet_rows(list(tables), "prompts").text)
        return [str(row[0]) for row in engine.rows("pull/stored_files")]
    finally:
        engine.close()
        (scratch / "build.duckdb").unlink(missing_ok=True)


def held_by(data: Iterable[Path]) -> set[str]:
    """The digests of the media that shards of pairs hold, by the names they have there."""
    found: set[str] = set()
    for path in data:
        with pq.ParquetFile(path) as file:
            paths = [file.schema.column(number).path for number in range(len(file.schema.names))]
            names = [one for one in paths if one.split(".")[0] in COLUMNS and one.endswith(".path")]
            for batch in file.iter_batches(columns=names):
                for column in batch.columns:
                    for name in column.flatten().field("path").unique().to_pylist():
                        found.add(name.rpartition("/")[2].partition(".")[0])
    return found


def pack(store: MediaStore, files: Iterable[str], folder: Path, shard_bytes: int) -> None:
    """Write files of a store into shards; a shard ends before it would pass `shard_bytes`.

    Raises ExportError where one is not there.
    """
    shards = _Shards(folder, shard_bytes)
    try:
        for file in files:
            with store.stream(file) as source:
                for number, part in enumerate(iter(partial(source.read, PART_BYTES), b"")):
                    shards.add(file, number, part)
    except FileNotFoundError as error:
        raise ExportError(
            f"media/ has no {error.filename and Path(error.filename).name}",
            "pull its source again, or restore it from a copy",
        ) from error
    finally:
        shards.close()


def unpack(
    store: MediaStore, wanted: Iterable[str], packed: Iterable[Path], data: Iterable[Path]
) -> int:
    """Put every wanted file that the store lacks into it; return how many there were.

    Raises SourceError where one is not there, or where bytes are not what their name says.
    """
    missing = {file.partition(".")[0]: file for file in wanted if not store.has(file)}
    count = len(missing)
    with store.filling(), quiet_decoding():
        for path in packed:
            _unpack(store, path, missing)
        for path in data:
            if not missing:
                break
            _take_from(store, path, missing)
    if missing:
        some = next(iter(missing.values()))
        raise SourceError(f"{len(missing)} media are not in it, one {some}", FIX)
    return count


class _Shards:
    """Files of MEDIA, each a few row groups."""

    def __init__(self, folder: Path, shard_bytes: int) -> None:
        self._folder, self._most = folder, shard_bytes
        self._groups: Groups | None = None
        self._count = self._size = 0

    def add(self, file: str, number: int, part: bytes) -> None:
        if self._size and self._size + len(part) > self._most:
            self.close()
        if self._groups is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / f"media-{self._count:05d}.parquet"
            self._groups = Groups(path, MEDIA, GROUP_BYTES)
            self._count += 1
        self._groups.add((file, number, part), len(part))
        self._size += len(part)

    def close(self) -> None:
        if self._groups is not None:
            self._groups.close()
        self._groups, self._size = None, 0


class _Parts(RawIOBase):
    """One file's parts as a stream."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._left:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._left = part
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size


def _unpack(store: MediaStore, path: Path, missing: dict[str, str]) -> None:
    with opened(path, MEDIA.names) as file:
        rows = (
            row
            for batch in batches(file, path, 1)
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True)
        )
        try:
            for name, parts in groupby(rows, key=lambda row: row[0]):
                if not isinstance(name, str) or not STORED.fullmatch(name):
                    raise _refused(path, str(name), "it is no name of a media store")
                if missing.get(name.partition(".")[0]) == name:
                    _put(store, path, name, (part for _, _, part in parts))
                    del missing[name.partition(".")[0]]
        except (ValueError, TypeError) as error:
            raise damaged(path, error) from error


def _take_from(store: MediaStore, path: Path, missing: dict[str, str]) -> None:
    """Media out of a shard of pairs: each is known by its bytes."""
    try:
        with pq.ParquetFile(path, pre_buffer=False) as file:
            there = [name for name in COLUMNS if name in file.schema_arrow.names]
            for batch in batches(file, path, 1, there):
                for column in batch.columns:
                    for data in column.flatten().field("bytes"):
                        _take(store, path, data.as_buffer(), missing)
    except (pa.ArrowException, OSError, KeyError, AttributeError, TypeError) as error:
        raise damaged(path, error) from error


def _take(store: MediaStore, path: Path, data: Any, missing: dict[str, str]) -> None:
    digest = hashlib.sha256(data).hexdigest() if data is not None else ""
    if digest in missing:
        _put(store, path, missing.pop(digest), iter([data.to_pybytes()]))


def _put(store: MediaStore, path: Path, name: str, parts: Iterator[bytes]) -> None:
    try:
        if name.rpartition(".")[2] in EXTENSIONS:
            found = store.put_video(cast("BinaryIO", _Parts(parts)))
        else:
            found = store.put_picture(_joined(store, parts))
    except MediumFaultError as fault:
        raise _refused(path, name, fault.detail) from fault
    if found.file != name:
        raise _refused(path, name, f"its content is {found.file}")


def _joined(store: MediaStore, parts: Iterator[bytes]) -> bytes:
    data = bytearray()
    for part in parts:
        data += part
        store.limits.check_picture_bytes(len(data))
    return bytes(data)


def _refused(path: Path, name: str, why: str) -> SourceError:
    return SourceError(f"{told_name(path)}: {name[:80]!a}: {why}", FIX)
