"""Looks where the pictures lie: kernels over the rows of shards, and over files of a store."""

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from curate.kernels.base import Kernel, one_batch
from curate.media.decoding import quiet_decoding
from curate.media.store import MediaStore
from curate.near.looks import LOOKS, VIDEOS, Seen, frames_seen, seen_in, seen_in_store, table_of


def packed_looks() -> Kernel:
    """In: file and bytes, as shards hold them. Out: LOOKS."""

    def apply(batch: pa.RecordBatch) -> pa.RecordBatch:
        files, contents = batch["file"].to_pylist(), batch["bytes"]
        with quiet_decoding():
            seen = [
                it
                for file, data in zip(files, contents, strict=True)
                for it in _seen(file, data.as_py())
            ]
        return one_batch(table_of(seen))

    return Kernel(LOOKS, apply)


def stored_looks(media: Path) -> Kernel:
    """In: file. Out: LOOKS of these files of the store at `media`."""

    def apply(batch: pa.RecordBatch) -> pa.RecordBatch:
        store = _opened(media)
        with quiet_decoding():
            seen = [it for file in batch["file"].to_pylist() for it in seen_in_store(store, file)]
        return one_batch(table_of(seen))

    return Kernel(LOOKS, apply)


@lru_cache(maxsize=1)
def _opened(media: Path) -> MediaStore:
    """The store, opened once a process: it reads where its shards have what."""
    return MediaStore(media)


def _seen(file: str, data: bytes) -> list[Seen]:
    if not file.endswith(VIDEOS):
        return [seen_in(data, file)]
    with TemporaryDirectory(prefix="curate-") as folder:
        copy = Path(folder) / f"video{Path(file).suffix}"
        copy.write_bytes(data)
        return list(frames_seen(copy, file))
