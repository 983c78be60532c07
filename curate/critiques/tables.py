"""The tables that a run of critiques reads: people's comments, and what was asked before."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from curate.critiques.standing import Known, known_of
from curate.engines.duckdb import DuckDBEngine
from curate.judge.tables import MEMORY_MB, SCRATCH, readable
from curate.views import event_rows, pulled_rows
from curate.workspace import Workspace


@contextmanager
def critique_tables(
    workspace: Workspace, limit: int | None = None, folder: Path | None = None
) -> Iterator[DuckDBEngine]:
    """An engine with the table `comments`, the first `limit` by id.

    What it spills lies below `folder`, by default where the system keeps such files. Raises
    JournalError or WorkspaceError where a file cannot be read.
    """
    with TemporaryDirectory(prefix=SCRATCH, dir=folder) as scratch:
        engine = DuckDBEngine(Path(scratch), {"limit": limit}, MEMORY_MB)
        try:
            with readable(workspace):
                for name in ("prompts", "candidates"):
                    engine.define(f"raw_{name}", pulled_rows(workspace, name).text)
                look_again(engine, workspace)
                engine.view("views/events")
                engine.run("critiques/comments")
            yield engine
        finally:
            engine.close()


def look_again(engine: DuckDBEngine, workspace: Workspace) -> Known:
    """What the journals hold now."""
    with readable(workspace):
        engine.define("raw_events", event_rows(workspace.journals(), engine.folder).text)
        return known_of(engine)
