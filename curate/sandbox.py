"""SQL written by users, run where it can only read the tables it is shown.

The views are made first; then the connection may open those files and no other, has no external
access, and its configuration is locked (DESIGN 7). `allowed_directories` would let COPY write.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from curate.engines.quiet import without_bar
from curate.ingest.text import is_text
from curate.interrupts import stop_on_interrupt
from curate.sqlfiles import no_glob, quoted
from schemas.errors import UsageError, WorkspaceError


@contextmanager
def sandbox(
    views: Mapping[str, str], files: Sequence[Path], memory_mb: int | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A locked connection with these views (name -> SELECT, in order) over these files.

    Without `memory_mb` it may have what DuckDB takes for itself. Raises WorkspaceError for a file
    that is no table.
    """
    with TemporaryDirectory(prefix="curate-") as spill, duckdb.connect() as connection:
        stop_on_interrupt(connection)
        connection.execute("set timezone = 'UTC'")
        without_bar(connection)
        connection.execute(f"set temp_directory = {quoted(spill)}")
        if memory_mb is not None:
            connection.execute(f"set memory_limit = '{memory_mb}MB'")
        for name, text in views.items():
            try:
                connection.execute(f'create view "{name}" as {text}')
            except duckdb.Error as error:
                raise unreadable(name, error) from error
        _lock(connection, files)
        yield connection


def _lock(connection: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> None:
    # A path with brackets is opened through a pattern, and the pattern's text is checked as well.
    paths = [str(path.absolute()) for path in files]
    listed = ", ".join(quoted(path) for path in dict.fromkeys([*paths, *map(no_glob, paths)]))
    connection.execute(f"set allowed_paths = [{listed}]")
    connection.execute("set autoinstall_known_extensions = false")
    connection.execute("set autoload_known_extensions = false")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


def one_select(connection: duckdb.DuckDBPyConnection, text: str) -> str:
    """The statement, if it is exactly one SELECT. Raises UsageError for anything else."""
    if not is_text(text):
        raise UsageError("no valid SQL: it holds a character that no text has", "mend the query")
    try:
        statements = connection.extract_statements(text)
    except duckdb.Error as error:
        raise UsageError(f"no valid SQL: {first_line(error)}", "mend the query") from error
    if len(statements) != 1:
        raise UsageError(f"{len(statements)} statements given", "give exactly one SELECT")
    if statements[0].type != duckdb.StatementType.SELECT:
        kind = statements[0].type.name
        raise UsageError(f"{kind} statements are refused", "curate sql only reads: give one SELECT")
    return statements[0].query


def unreadable(name: str, error: Exception) -> WorkspaceError:
    """The error for a view whose files cannot be read; DuckDB names the file."""
    return WorkspaceError(
        f"table {name}: {first_line(error)}", "restore the file, or pull or build again"
    )


def first_line(error: Exception) -> str:
    """The first line of a DuckDB error, without its kind."""
    return str(error).splitlines()[0].partition(": ")[2] or str(error).splitlines()[0]
