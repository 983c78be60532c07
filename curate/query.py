"""One SELECT of a user over the workspace's views."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from curate.sandbox import first_line, one_select
from curate.views import open_views
from curate.workspace import Workspace
from schemas.errors import UsageError


@dataclass(frozen=True, slots=True)
class Answer:
    """A query's first rows; `more` where it has further ones."""

    columns: Sequence[str]
    rows: Sequence[tuple[Any, ...]]
    more: bool


def run(workspace: Workspace, query: str, limit: int) -> Answer:
    """The first `limit` rows of exactly one SELECT. Raises UsageError for anything else."""
    with open_views(workspace) as connection:
        text = one_select(connection, query)
        try:
            cursor = connection.execute(text)
            columns = [column[0] for column in cursor.description or ()]
            rows = cursor.fetchmany(limit + 1)
        except duckdb.Error as error:
            raise UsageError(f"the query failed: {first_line(error)}", "mend the query") from error
    return Answer(columns, rows[:limit], len(rows) > limit)
