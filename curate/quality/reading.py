"""Every rater's votes as tables of an engine, as a build takes them, before anything is dropped."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from annotate.quality.bootstrap import clusters_of
from curate import parameters, steps
from curate.compared import define_votes, votes_of
from curate.engines.base import Engine
from curate.engines.duckdb import DuckDBEngine
from curate.workspace import Workspace

NOTHING_LEFT: Mapping[str, Mapping[str, pa.DataType]] = {
    "survivors": {"candidate_no": pa.int64(), "survivor_no": pa.int64()},
    "boilerplate": {"candidate_no": pa.int64()},
    "lost_prompts": {"prompt_no": pa.int64()},
    "filtered_prompts": {"prompt_id": pa.string(), "name": pa.string()},
    "filtered_candidates": {"candidate_id": pa.string(), "name": pa.string()},
}
"""What steps that drop rows would leave: a vote on an answer that a build drops was given too."""


@contextmanager
def votes(workspace: Workspace) -> Iterator[Engine]:
    """An engine with `said` and what scores and votes are read from.

    Raises JournalError that names a bad line, WorkspaceError for a file that cannot be read.
    """
    with votes_of(workspace, parameters.values(workspace.settings), _lay_out) as engine:
        yield engine


def _lay_out(engine: DuckDBEngine, workspace: Workspace, scratch: Path) -> None:
    _compare(engine, workspace, scratch)
    lay_out_said(engine)


def lay_out_said(engine: Engine) -> None:
    """`said` out of `speaking`, in clusters of prompts."""
    engine.values["clusters"] = clusters_of(engine.count("prompt_keys"))
    engine.run("quality/said")


def columns(engine: Engine, name: str) -> dict[str, Any]:
    """The columns of a statement's rows as numpy arrays."""
    found = engine.table(name)
    return {key: found[key].to_numpy() for key in found.column_names}


def _compare(engine: DuckDBEngine, workspace: Workspace, scratch: Path) -> None:
    define_votes(engine, workspace, scratch)
    for name, kinds in NOTHING_LEFT.items():
        engine.put(name, pa.schema(list(kinds.items())).empty_table())
    steps.load(engine)
    steps.validate(engine)
    for name in ("filter/lost_candidates", "filter/kept_candidates", "score/repeat_raters"):
        engine.run(name)
    steps.compare(engine)
