"""Folders of Parquet parts that may be removed at any time, and made anew."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


def whole_parts(folder: Path) -> list[Path]:
    """The parts that can be read, in order; one that a full disk or a power cut tore is removed."""
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
    staged = path.with_suffix(".staged")
    pq.write_table(table, staged)
    staged.replace(path)
