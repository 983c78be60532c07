"""What all votes of a workspace on every two answers come to, as a build would take them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from curate import parameters, steps
from curate.compared import ONLY_EXACT_COPIES, compare, votes_of
from curate.engines.duckdb import DuckDBEngine
from curate.workspace import Workspace


@contextmanager
def joined_votes(workspace: Workspace, values: Mapping[str, Any]) -> Iterator[DuckDBEngine]:
    """An engine with `verdicts`, which has these `values` too.

    Raises JournalError that names a bad line, WorkspaceError for a file that cannot be read.
    """
    given = {**parameters.values(workspace.settings), **ONLY_EXACT_COPIES, **values}
    with votes_of(workspace, given, _join) as engine:
        yield engine


def _join(engine: DuckDBEngine, workspace: Workspace, scratch: Path) -> None:
    compare(engine, workspace, scratch)
    steps.verdicts(engine)
