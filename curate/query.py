"""One SELECT of a user over the workspace's views."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from curate.bad_journal import name_bad_line
from curate.sandbox import first_line, one_select
from curate.views import open_views
from curate.workspace import Workspace
from schemas.errors import UsageError


@dataclass(frozen=True, slots=True)
class Answer:
    """A query's first rows; `more` where it has further ones."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    more: bool


def run(workspace: Workspace, query: str, limit: int) -> Answer:
    """The first `limit` rows of exactly one SELECT. Raises UsageError for anything else."""
    with open_views(workspace) as connection:
        text = one_select(connection, query)
        try:
            columns, rows = _first_rows(connection, text, limit + 1)
        except (duckdb.Error, pa.ArrowException) as error:
            name_bad_line(workspace)
            raise UsageError(f"the query failed: {first_line(error)}", "mend the query") from error
    return Answer(columns, rows[:limit], len(rows) > limit)


def _first_rows(
    connection: duckdb.DuckDBPyConnection, text: str, count: int
) -> tuple[list[str], list[list[Any]]]:
    """Column names and at most `count` rows, read as Arrow, which needs no time zone library."""
    reader = connection.sql(text).to_arrow_reader(count)
    rows: list[list[Any]] = []
    for batch in reader:
        rows += [list(row) for row in zip(*map(_values, batch.columns), strict=True)]
        if len(rows) >= count:
            break
    return reader.schema.names, rows[:count]


def _values(column: pa.Array) -> list[Any]:
    """The values of a column; a map whose keys are lists stays a list of pairs."""
    try:
        return list(column.to_pylist(maps_as_pydicts="lossy"))
    except TypeError:
        return list(column.to_pylist())
