"""What people are to rate and were not asked yet, as tables of an engine."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow.parquet as pq

from annotate.label_studio import names
from annotate.label_studio.projects import EVERYBODY
from annotate.label_studio.shape import MANY
from curate.bad_journal import name_bad_line
from curate.engines.duckdb import DuckDBEngine
from curate.labelling.asked_tasks import AskedRow, keep_asked
from curate.labelling.judged import nothing_judged
from curate.labelling.task_texts import Wanted, tasks
from curate.routing.facts import narrow_events
from curate.sandbox import unreadable
from curate.views import event_rows, parquet_source, pulled_rows
from curate.workspace import Workspace

LEAST_MB, MOST_MB, BLOCKS = 128, 1024, 3
"""DuckDB's memory: room for so many of the largest blocks of rows, within limits."""

READ = (
    *("event_id", "supersedes", "deleted", "final", "prompt_id", "rater"),
    *("rubric_id", "answers", "tiers", "failure"),
)
UNREADABLE = (duckdb.IOException, duckdb.InvalidInputException, duckdb.ConversionException)
READ_WITHIN = {"answers": ("candidate_id", "scores"), "failure": ("reason",)}


@contextmanager
def wanted_tables(workspace: Workspace, limit: int | None) -> Iterator[DuckDBEngine]:
    """An engine with `wanted`: the prompts routed to people. Texts are not read yet.

    Raises JournalError that names a bad line, WorkspaceError where a file cannot be read.
    """
    with TemporaryDirectory(prefix="curate-") as scratch:
        engine = DuckDBEngine(Path(scratch), _values(workspace, limit), _memory_mb(workspace))
        try:
            _define(engine, workspace, Path(scratch))
            engine.run("label/gold_prompts")
            engine.run("label/wanted")
            yield engine
        except UNREADABLE as error:
            name_bad_line(workspace)
            raise unreadable("of the workspace", error) from error
        finally:
            engine.close()


def left_out(engine: DuckDBEngine) -> dict[str, int]:
    """How many routed prompts do not go out as work, by reason."""
    return dict(engine.rows("label/left_out"))


def take_off(engine: DuckDBEngine, asked: Iterable[list[AskedRow]]) -> int:
    """Fill `fresh` with what is not among the tasks in `asked`, given by pages; its count."""
    keep_asked(engine, asked)
    engine.run("label/fresh")
    return engine.count("fresh")


def raters_changed(engine: DuckDBEngine) -> int:
    """How many prompts are in projects for another number of raters than they are routed to."""
    return int(engine.rows("label/raters_changed")[0][0])


def fresh(engine: DuckDBEngine) -> Iterator[Wanted]:
    """What is in `fresh`, by the prompts' ids; one batch is in memory at a time."""
    engine.run("label/plain", "tasks")
    nothing_judged(engine)
    yield from tasks(engine)


def _memory_mb(workspace: Workspace) -> int:
    """Enough to read the tables, and no more, since DuckDB fills what it is given."""
    largest = 0
    for path in workspace.pull_tables("candidates"):
        found = pq.read_metadata(path)
        sizes = (found.row_group(it).total_byte_size for it in range(found.num_row_groups))
        largest = max(largest, *sizes, 0)
    return min(max(BLOCKS * largest // 1_000_000, LEAST_MB), MOST_MB)


def _values(workspace: Workspace, limit: int | None) -> dict[str, Any]:
    section = workspace.settings.config.label_studio
    return {
        "fewest_answers": names.FEWEST,
        "most_answers": names.MOST,
        "many_pictures": MANY,
        "everybody": EVERYBODY,
        "limit": limit,
        "rubric_id": workspace.rubric.rubric_id,
        "gold_share": section.gold_share,
        "gold_seed": f"gold {workspace.settings.config.route.seed} ",
        "qualification": section.qualification,
    }


def _define(engine: DuckDBEngine, workspace: Workspace, scratch: Path) -> None:
    for name in ("prompts", "candidates"):
        engine.define(f"raw_{name}", pulled_rows(workspace, name).text)
    engine.define("routes", f"select * from {parquet_source([workspace.routes])}")
    events = event_rows(workspace.journals(), scratch, narrow_events(READ, READ_WITHIN))
    engine.define("raw_events", events.text)
