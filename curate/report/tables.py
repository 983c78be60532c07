"""The tables that the report reads: a build's and the workspace's, in an engine of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from curate.bad_journal import name_bad_line
from curate.engines.duckdb import DuckDBEngine
from curate.sandbox import unreadable
from curate.sqlfiles import statement
from curate.views import VIEWS, base_views, files_of_build, whole_rows
from curate.workspace import BUILD_TABLES, Workspace
from schemas.arrow import table_schema

SCRATCH = ".report-scratch-"


@contextmanager
def report_tables(workspace: Workspace, build: Path) -> Iterator[DuckDBEngine]:
    """An engine with a view for every table of the workspace and of the build.

    It sorts on disk, so that a large build takes no more memory than the engine may have. A column
    that the version which built it did not write is null. Raises JournalError or WorkspaceError
    that names a damaged file.
    """
    with TemporaryDirectory(prefix=SCRATCH) as scratch:
        engine = DuckDBEngine(Path(scratch), {})
        try:
            for name, rows in base_views(workspace, Path(scratch), build).items():
                engine.define(name, rows.text)
            for name in BUILD_TABLES:
                engine.define(name, whole_rows(files_of_build(build, name), table_schema(name)))
            for name in VIEWS:
                engine.define(name, statement(f"views/{name}"))
            yield engine
        except (duckdb.IOException, duckdb.InvalidInputException) as error:
            name_bad_line(workspace)
            raise unreadable("of the workspace", error) from error
        finally:
            engine.close()
