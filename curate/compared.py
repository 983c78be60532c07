"""Every rater's vote on every two answers, as a build takes them: the table `speaking`."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

import duckdb

from curate import filters, parameters, steps
from curate.bad_journal import name_bad_line
from curate.engines.duckdb import DuckDBEngine
from curate.event_numbers import journal_files
from curate.sandbox import unreadable
from curate.views import pulled_rows
from curate.workspace import Workspace
from schemas.arrow import table_schema
from schemas.errors import JournalError

LayOut: TypeAlias = Callable[[DuckDBEngine, Workspace, Path], None]

ONLY_EXACT_COPIES = {"response_jaccard": None, "prompt_jaccard": None, "boilerplate": None}
"""Near and common ones are for a build to drop: here all that was voted on is looked at."""


@contextmanager
def votes_of(
    workspace: Workspace, values: Mapping[str, Any], lay_out: LayOut
) -> Iterator[DuckDBEngine]:
    """An engine of these values with what `lay_out` made of the workspace's votes.

    Raises JournalError that names a bad line, WorkspaceError for a file that cannot be read.
    """
    with TemporaryDirectory(prefix="curate-") as scratch:
        engine = DuckDBEngine(Path(scratch), values)
        try:
            lay_out(engine, workspace, Path(scratch))
            yield engine
        except (duckdb.Error, JournalError) as error:
            name_bad_line(workspace)
            if isinstance(error, JournalError):
                raise
            raise unreadable("of the workspace", error) from error
        finally:
            engine.close()


def define_votes(engine: DuckDBEngine, workspace: Workspace, scratch: Path) -> None:
    """Views over the workspace's pulls and journals, and the small tables of its settings."""
    for name in ("prompts", "candidates"):
        engine.define(f"raw_{name}", pulled_rows(workspace, name).text)
    journals = journal_files(engine, workspace.journals(), scratch)
    engine.read_numbered("raw_events", journals, table_schema("events"))
    for name, table in parameters.tables(workspace.settings, {}).items():
        engine.put(name, table)


def compare(engine: DuckDBEngine, workspace: Workspace, scratch: Path) -> None:
    """The steps of a build up to every rater's vote on every two answers, without filters.

    The engine has the values of a build and `ONLY_EXACT_COPIES`. Raises JournalError for a bad
    line, WorkspaceError or duckdb.Error for a file that cannot be read.
    """
    define_votes(engine, workspace, scratch)
    nothing = filters.matches(workspace, (), ("prompt", "candidate"), scratch)
    engine.put("filtered_prompts", nothing["prompt"])
    engine.put("filtered_candidates", nothing["candidate"])
    for step in (steps.load, steps.validate, steps.dedupe, steps.filter_rows, steps.score):
        step(engine)
    steps.compare(engine)
