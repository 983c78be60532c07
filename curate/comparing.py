"""Votes compared outside of a build, as a build compares them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from curate import filters, parameters, steps
from curate.bad_journal import name_bad_line
from curate.engines.duckdb import DuckDBEngine
from curate.event_numbers import numbered_events
from curate.sandbox import unreadable
from curate.views import pulled_rows
from curate.workspace import Workspace
from schemas.errors import JournalError

ONLY_EXACT_COPIES = {"response_jaccard": None, "prompt_jaccard": None}
"""Near ones are for a build to drop: here every answer that was voted on is looked at."""


@contextmanager
def joined_votes(workspace: Workspace, values: Mapping[str, Any]) -> Iterator[DuckDBEngine]:
    """An engine with `verdicts`: what all votes on every two answers come to; and with `values`.

    Raises JournalError that names a bad line, WorkspaceError for a file that cannot be read.
    """
    given = {
        **parameters.values(workspace.settings),
        **ONLY_EXACT_COPIES,
        "boilerplate": None,
        **values,
    }
    with TemporaryDirectory(prefix="curate-") as scratch:
        engine = DuckDBEngine(Path(scratch), given)
        try:
            compare_votes(engine, workspace, Path(scratch))
            steps.verdicts(engine)
            yield engine
        except (duckdb.Error, JournalError) as error:
            name_bad_line(workspace)
            if isinstance(error, JournalError):
                raise
            raise unreadable("of the workspace", error) from error
        finally:
            engine.close()


def compare_votes(engine: DuckDBEngine, workspace: Workspace, scratch: Path) -> None:
    """The steps of a build up to `speaking`, every rater's vote on every two answers; no filters.

    The engine has the values of `parameters.values`. Raises what the steps raise.
    """
    for name in ("prompts", "candidates"):
        engine.define(f"raw_{name}", pulled_rows(workspace, name).text)
    engine.define("raw_events", numbered_events(engine, workspace.journals(), scratch))
    for name, table in parameters.tables(workspace.settings, {}).items():
        engine.put(name, table)
    nothing = filters.matches(workspace, (), ("prompt", "candidate"), scratch)
    engine.put("filtered_prompts", nothing["prompt"])
    engine.put("filtered_candidates", nothing["candidate"])
    for step in (steps.load, steps.validate, steps.dedupe, steps.filter_rows, steps.score):
        step(engine)
    steps.compare(engine)
