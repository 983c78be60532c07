"""Folders of Parquet parts that may be removed at any time, and made anew."""

import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

STAGED = ".staged"
STALE_S = 3_600
"""A part is written in seconds: after an hour whoever began it was killed."""


def whole_parts(folder: Path) -> list[Path]:
    """The parts that can be read, in order.

    One that a full disk or a power cut tore is removed, and what a killed run began.
    """
    for path in folder.glob(f"*{STAGED}"):
        if time.time() - path.stat().st_mtime > STALE_S:
            path.unlink(missing_ok=True)
    found = []
    for path in sorted(folder.glob("*.parquet")):
        try:
            pq.read_metadata(path)
        except pa.ArrowException:
            path.unlink()
        else:
            found.append(path)
    return found


def write_part(path: Path, table: pa.Table) -> None:
    """Write a part by one rename, so that a killed run leaves none by halves."""
    staged = path.with_suffix(STAGED)
    pq.write_table(table, staged)
    staged.replace(path)
