"""The tables a judge run reads: prompts to judge, and what was asked before, in DuckDB.

Texts are copied, sorted, only once something is to be asked; so a run with nothing to do reads ids
alone.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from annotate.prompting.view import MODE_SIZES
from curate.bad_journal import name_bad_line
from curate.engines.duckdb import DuckDBEngine
from curate.judge.routes import judged_prompts
from curate.media.video import has_reader
from curate.sandbox import unreadable
from curate.sqlfiles import statement, used
from curate.views import event_rows, pulled_rows
from curate.workspace import Workspace

SCRATCH = ".judge-scratch-"
MEMORY_MB = 384
"""A run takes as long as its calls; it need not hold the workspace's texts to be quick."""


@contextmanager
def judge_tables(
    workspace: Workspace, limit: int | None = None, folder: Path | None = None
) -> Iterator[DuckDBEngine]:
    """An engine with `judge_prompts`, the first `limit` by id, and `known`; `fresh` is empty.

    What it spills lies below `folder`, by default where the system keeps such files.
    Raises JournalError or WorkspaceError where a file cannot be read.
    """
    section = workspace.settings.config.judge
    values = {
        "fewest_answers": 1 if section.mode == "pointwise" else 2,
        "most_answers": MODE_SIZES["listwise"][1] if section.mode == "listwise" else None,
        "reads_video": has_reader(),
        "use_reference": section.use_reference,
        "written": workspace.settings.config.route.written,
        "limit": limit,
    }
    with TemporaryDirectory(prefix=SCRATCH, dir=folder) as scratch:
        engine = DuckDBEngine(Path(scratch), values, MEMORY_MB)
        try:
            with readable(workspace):
                _define(engine, workspace)
            yield engine
        finally:
            engine.close()


def reload(engine: DuckDBEngine, workspace: Workspace, journal: Path) -> None:
    """Fill `fresh` from the journal of the run that has ended, which `raw_events` then has too."""
    engine.define("raw_events", event_rows([journal], engine.folder).text)
    engine.run("judge/known", "fresh")
    engine.define("raw_events", event_rows(workspace.journals(), engine.folder).text)


def read(engine: DuckDBEngine, name: str, **values: Any) -> Sequence[dict[str, Any]]:
    """The rows of a statement with values of its own; may be called from another thread."""
    text = statement(name)
    reading = engine.connection.cursor()
    try:
        table = reading.sql(text, params=used(text, {**engine.values, **values}) or None)
        rows: list[dict[str, Any]] = table.to_arrow_table().to_pylist(maps_as_pydicts="strict")
    finally:
        reading.close()
    return rows


def _define(engine: DuckDBEngine, workspace: Workspace) -> None:
    for name in ("prompts", "candidates"):
        engine.define(f"raw_{name}", pulled_rows(workspace, name).text)
    engine.define("judged_prompts", judged_prompts(workspace))
    engine.run("judge/judge_prompts")
    engine.define("raw_events", event_rows(workspace.journals(), engine.folder).text)
    engine.run("judge/known")
    engine.connection.execute("create or replace table fresh as select * from known limit 0")


@contextmanager
def readable(workspace: Workspace) -> Iterator[None]:
    """What a damaged file makes DuckDB raise, as the error that names the file."""
    try:
        yield
    except duckdb.Error as error:
        name_bad_line(workspace)
        raise unreadable("of the workspace", error) from error
