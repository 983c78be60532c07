"""How much raters disagree on a prompt, or where two did not vote, how much its answers differ."""

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from curate import parameters
from curate.compared import ONLY_EXACT_COPIES, compare, votes_of
from curate.engines.duckdb import DuckDBEngine
from curate.kernels.jaccard import JACCARD
from curate.kernels.shingles import sketches
from curate.workspace import Workspace

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

BATCH = 1_000
"""Answers or pairs at a time: sets of words are wide rows."""


def differences(engine: DuckDBEngine, workspace: Workspace) -> tuple["Array", "Array"]:
    """For each prompt of the pool its score in millionths (0 where there is none) and its basis.

    A score is from 0, all the same, to 1. Raises JournalError or WorkspaceError that names the file
    that cannot be read.
    """
    import numpy as np

    engine.put("disputes", _disputes(workspace))
    engine.run("select/answers")
    engine.map("select/answer_rows", sketches(1), "answer_sets", BATCH)
    engine.map("select/answer_pairs", JACCARD, "compared_answers", BATCH)
    engine.run("select/answer_differences")
    table = engine.table("select/differences")
    millionths = table.column("score").cast(pa.float64()).fill_null(0.0).to_numpy() * 1_000_000
    return np.rint(millionths).astype(np.int64), np.array(table.column("basis").to_pylist(), object)


def _disputes(workspace: Workspace) -> pa.Table:
    values = {**parameters.values(workspace.settings), **ONLY_EXACT_COPIES}
    with votes_of(workspace, values, compare) as engine:
        return engine.table("select/disputes")
