"""Journals as files whose rows have places: an event has one number, however often it is read.

Parquet says of each row where it stands; journals of lines are sealed into one Parquet file first,
so that JSON is parsed once.
"""

from collections.abc import Sequence
from pathlib import Path

from curate.engines.duckdb import DuckDBEngine
from curate.views import event_rows


def journal_files(engine: DuckDBEngine, journals: Sequence[Path], scratch: Path) -> list[Path]:
    """The journals as Parquet files. Raises duckdb.Error for a line that is no JSON."""
    files = [path for path in journals if path.suffix == ".parquet"]
    lines = [path for path in journals if path.suffix == ".jsonl"]
    if lines:
        files.append(scratch / "journals.parquet")
        engine.copy(event_rows(lines, scratch).text, files[-1])
    return files
