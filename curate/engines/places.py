"""Where rows stand in several Parquet files that are read one after the other."""

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.errors import WorkspaceError


def expect_parquet(files: Sequence[Path]) -> None:
    """Raises WorkspaceError for a file that is missing or damaged."""
    for path in files:
        _row_count(path)


def starts_of(files: Sequence[Path]) -> list[int]:
    """The place of each file's first row, from 0. Raises WorkspaceError for a damaged file."""
    return list(accumulate(map(_row_count, files), initial=0))[: len(files)]


def _row_count(path: Path) -> int:
    try:
        return int(pq.read_metadata(path).num_rows)
    except (pa.ArrowException, OSError) as error:
        raise WorkspaceError(f"{path}: {error}", "restore the file, or pull again") from error
