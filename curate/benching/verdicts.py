"""What all votes of a workspace on every two answers come to, as a build would take them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from curate import parameters, steps
from curate.bad_journal import name_bad_line
from curate.compared import ONLY_EXACT_COPIES, compare
from curate.engines.duckdb import DuckDBEngine
from curate.sandbox import unreadable
from curate.workspace import Workspace
from schemas.errors import JournalError


@contextmanager
def joined_votes(workspace: Workspace, values: Mapping[str, Any]) -> Iterator[DuckDBEngine]:
    """An engine with `verdicts`, which has these `values` too.

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
            compare(engine, workspace, Path(scratch))
            steps.verdicts(engine)
            yield engine
        except (duckdb.Error, JournalError) as error:
            name_bad_line(workspace)
            if isinstance(error, JournalError):
                raise
            raise unreadable("of the workspace", error) from error
        finally:
            engine.close()
