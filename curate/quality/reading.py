"""Every rater's votes as tables of an engine, as a build takes them, before anything is dropped."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa

from annotate.quality.bootstrap import CLUSTERS
from curate import parameters, steps
from curate.bad_journal import name_bad_line
from curate.engines.duckdb import DuckDBEngine
from curate.event_numbers import numbered_events
from curate.sandbox import unreadable
from curate.views import pulled_rows
from curate.workspace import Workspace
from schemas.errors import JournalError

NOTHING_LEFT: Mapping[str, Mapping[str, pa.DataType]] = {
    "survivors": {"candidate_no": pa.int64(), "survivor_no": pa.int64()},
    "boilerplate": {"candidate_no": pa.int64()},
    "lost_prompts": {"prompt_no": pa.int64()},
    "filtered_prompts": {"prompt_id": pa.string(), "name": pa.string()},
    "filtered_candidates": {"candidate_id": pa.string(), "name": pa.string()},
}
"""What steps that drop rows would leave: a vote on an answer that a build drops was given too."""


@contextmanager
def votes(workspace: Workspace) -> Iterator[DuckDBEngine]:
    """An engine with `said` and what scores and votes are read from.

    Raises JournalError that names a bad line, WorkspaceError for a file that cannot be read.
    """
    with TemporaryDirectory(prefix="curate-") as scratch:
        engine = DuckDBEngine(Path(scratch), parameters.values(workspace.settings))
        try:
            _compare(engine, workspace, Path(scratch))
            lay_out_said(engine)
            yield engine
        except (duckdb.Error, JournalError) as error:
            name_bad_line(workspace)
            if isinstance(error, JournalError):
                raise
            raise unreadable("of the workspace", error) from error
        finally:
            engine.close()


def lay_out_said(engine: DuckDBEngine) -> None:
    """`said` out of `speaking`, in clusters of prompts."""
    engine.values["clusters"] = max(1, min(CLUSTERS, engine.count("prompt_keys")))
    engine.run("quality/said")


def columns(engine: DuckDBEngine, name: str) -> dict[str, Any]:
    """The columns of a statement's rows as numpy arrays."""
    found = engine.table(name)
    return {key: found[key].to_numpy() for key in found.column_names}


def _compare(engine: DuckDBEngine, workspace: Workspace, scratch: Path) -> None:
    for name in ("prompts", "candidates"):
        engine.define(f"raw_{name}", pulled_rows(workspace, name).text)
    engine.define("raw_events", numbered_events(engine, workspace.journals(), scratch))
    for name, table in parameters.tables(workspace.settings, {}).items():
        engine.put(name, table)
    for name, kinds in NOTHING_LEFT.items():
        engine.put(name, pa.schema(list(kinds.items())).empty_table())
    steps.load(engine)
    steps.validate(engine)
    for name in ("filter/lost_candidates", "filter/kept_candidates", "score/repeat_raters"):
        engine.run(name)
    steps.compare(engine)
