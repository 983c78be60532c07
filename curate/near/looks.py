"""Looks of a workspace's pictures, made once: `.cache/looks-<version>/*.parquet`.

A look depends on a file's bytes alone, and the store names files by those; so what is there is
never wrong, and a killed run goes on where it stopped. The folder may be removed at any time.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain
from os import cpu_count
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from curate.caches import whole_parts, write_part
from curate.kernels.looks import grids, hashes, is_blank
from curate.kernels.thumbnails import SIDE, thumbnail
from curate.media.decoding import quiet_decoding
from curate.media.rules import Limits, MediumFaultError
from curate.media.store import MediaStore
from curate.media.video import has_reader, sampled_frames

VERSION = 1
"""Counts the ways of looking: a change of the kernels makes another folder."""

CHUNK, AT_ONCE = 256, 32
"""Files of one part of the cache, and of those as many as a thread takes at once."""

FRAMES = 8
VIDEOS = (".mp4", ".mov", ".webm", ".mkv", ".avi")
TINY = 16
"""Pixels of the shorter side below which a picture has no look."""

LOOKS = pa.schema(
    [
        ("file", pa.string()),
        ("frame", pa.int32()),
        ("hashes", pa.list_(pa.int64())),
        ("grids", pa.binary()),
        ("width", pa.int32()),
        ("height", pa.int32()),
        ("fault", pa.string()),
    ]
)
"""One row is a picture, or one of the frames of a video file; `fault` says why it has no look."""

FLAT = np.zeros((SIDE, SIDE), np.uint8)
"""A square that stands last among others, so that there is always one."""

PASSING = ("missing_media", "no_reader")
"""Faults that another day may not have: they are not kept."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture as a small square, or why there is none."""

    file: str
    frame: int
    square: Any = None
    width: int = 0
    height: int = 0
    fault: str | None = None


def looks_of(
    store: MediaStore, cache: Path, files: Iterable[str], advance: Callable[[int], None]
) -> list[Path]:
    """Parquet files (LOOKS) that together have every one of these files of the store.

    They may have others too. `advance` is told how many files were looked at so far.
    """
    folder = cache / f"looks-{VERSION}"
    folder.mkdir(parents=True, exist_ok=True)
    missing = sorted(set(files) - _known(folder))
    passing = []
    with quiet_decoding(), ThreadPoolExecutor(cpu_count() or 1) as threads:
        for first in range(0, len(missing), CHUNK):
            chunk = missing[first : first + CHUNK]
            parts = (chunk[at : at + AT_ONCE] for at in range(0, len(chunk), AT_ONCE))
            seen = list(chain.from_iterable(threads.map(partial(_all_seen, store), parts)))
            passing += [it for it in seen if it.fault in PASSING]
            kept = [it for it in seen if it.fault not in PASSING]
            _write(folder / f"{uuid4().hex}.parquet", kept)
            advance(first + len(chunk))
    left = folder.parent / f"looks-{VERSION}-passing.parquet"
    _write(left, passing)
    return [*sorted(folder.glob("*.parquet")), left]


def table_of(seen: Sequence[Seen]) -> pa.Table:
    """The looks (LOOKS) of what was seen."""
    clear = [place for place, it in enumerate(seen) if it.fault is None]
    squares = np.stack([*(seen[place].square for place in clear), FLAT])
    faults = [it.fault for it in seen]
    looks: list[int | None] = [None] * len(seen)
    for look, (place, blank) in enumerate(zip(clear, is_blank(squares), strict=False)):
        if blank:
            faults[place] = "blank"
        else:
            looks[place] = look
    places = pa.array(looks, pa.int64())
    columns = [
        [it.file for it in seen],
        [it.frame for it in seen],
        _lists(hashes(squares)).take(places),
        _texts(grids(squares)).take(places),
        [it.width for it in seen],
        [it.height for it in seen],
        faults,
    ]
    return pa.Table.from_arrays(
        [pa.array(column, field.type) for column, field in zip(columns, LOOKS, strict=True)],
        schema=LOOKS,
    )


def _lists(rows: Any) -> pa.Array:
    """Numbers (n, m) as one list a row."""
    flat = pa.array(rows.reshape(-1))
    return pa.FixedSizeListArray.from_arrays(flat, rows.shape[1]).cast(LOOKS.field("hashes").type)


def _texts(rows: Any) -> pa.Array:
    """Bytes (n, ...) as one binary value a row."""
    kind = pa.binary(rows[0].nbytes)
    flat = pa.py_buffer(np.ascontiguousarray(rows))
    return pa.FixedSizeBinaryArray.from_buffers(kind, len(rows), [None, flat]).cast(pa.binary())


def seen_in(data: bytes, file: str, frame: int = 0) -> Seen:
    """A picture's bytes as a small square, or the fault they have."""
    try:
        square, width, height = thumbnail(data)
    except MediumFaultError as error:
        return Seen(file, frame, fault=error.reason)
    fault = "tiny" if min(width, height) < TINY else None
    return Seen(file, frame, square, width, height, fault)


def seen_in_store(store: MediaStore, file: str) -> list[Seen]:
    """The looks of one file of the store."""
    if file.endswith(VIDEOS):
        with store.local(file) as path:
            return list(frames_seen(path, file))
    try:
        data = store.read(file)
    except FileNotFoundError:
        return [Seen(file, 0, fault="missing_media")]
    return [seen_in(data, file)]


def frames_seen(path: Path, file: str) -> Iterator[Seen]:
    """The frames of a video file, or one row that says why there are none."""
    if not has_reader():
        yield Seen(file, 0, fault="no_reader")
        return
    try:
        frames = sampled_frames(path, FRAMES, Limits())
    except FileNotFoundError:
        yield Seen(file, 0, fault="missing_media")
    except MediumFaultError as fault:
        reason = fault.reason if path.is_file() else "missing_media"
        yield Seen(file, 0, fault=reason)
    else:
        for number, data in enumerate(frames):
            yield seen_in(data, file, number)


def _all_seen(store: MediaStore, files: Sequence[str]) -> list[Seen]:
    return [it for file in files for it in seen_in_store(store, file)]


def _known(folder: Path) -> set[str]:
    """The files that have looks."""
    found: set[str] = set()
    for path in whole_parts(folder):
        found.update(pq.read_table(path, columns=["file"]).column(0).to_pylist())
    return found


def _write(path: Path, seen: Sequence[Seen]) -> None:
    write_part(path, table_of(seen))
