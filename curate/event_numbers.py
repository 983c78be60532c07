"""Every event with a number that is the same at each reading, however often a build reads it.

Parquet says of each row where it stands; journals of lines are sealed into one Parquet file first,
so that JSON is parsed once.
"""

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from curate.engines.duckdb import DuckDBEngine
from curate.views import event_rows, no_rows, sealed_rows
from schemas.arrow import table_schema
from schemas.errors import WorkspaceError


def numbered_events(engine: DuckDBEngine, journals: Sequence[Path], scratch: Path) -> str:
    """A SELECT of all events with `event_no`.

    Raises duckdb.Error for a line that is no JSON, WorkspaceError for a damaged Parquet file.
    """
    files = [path for path in journals if path.suffix == ".parquet"]
    lines = [path for path in journals if path.suffix == ".jsonl"]
    if lines:
        files.append(scratch / "journals.parquet")
        engine.copy(event_rows(lines, scratch).text, files[-1])
    if not files:
        return f"select *, null::integer as event_no from ({no_rows(table_schema('events'))})"
    counts = [_row_count(path) for path in files]
    starts = list(accumulate(counts, initial=0))[:-1]
    number = f"({starts})[file_index::bigint + 1] + file_row_number"
    return sealed_rows(files, table_schema("events"), f"({number})::integer as event_no")


def _row_count(path: Path) -> int:
    try:
        return int(pq.read_metadata(path).num_rows)
    except (pa.ArrowException, OSError) as error:
        raise WorkspaceError(f"{path}: {error}", "restore the file, or pull again") from error
