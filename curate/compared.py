"""Every rater's vote on every two answers, as a build takes them: the table `speaking`."""

from pathlib import Path

from curate import filters, parameters, steps
from curate.engines.duckdb import DuckDBEngine
from curate.event_numbers import numbered_events
from curate.views import pulled_rows
from curate.workspace import Workspace

ONLY_EXACT_COPIES = {"response_jaccard": None, "prompt_jaccard": None}
"""Near ones are for a build to drop: here every prompt that was voted on is looked at."""


def compare(engine: DuckDBEngine, workspace: Workspace, scratch: Path) -> None:
    """The steps of a build up to every rater's vote on every two answers, without filters.

    The engine has the values of a build and `ONLY_EXACT_COPIES`. Raises JournalError for a bad
    line, WorkspaceError or duckdb.Error for a file that cannot be read.
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
