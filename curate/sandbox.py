"""SQL written by users, run where it can only read the tables it is shown.

The views are made first; then the connection may open those files and no other, has no external
access, and its configuration is locked (DESIGN 7). `allowed_directories` would let COPY write.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from curate.sqlfiles import quoted
from schemas.errors import UsageError


@contextmanager
def sandbox(views: Mapping[str, str], files: Sequence[Path]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A locked connection with these views (name -> SELECT, in order) over these files."""
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        for name, text in views.items():
            connection.execute(f'create view "{name}" as {text}')
        _lock(connection, files)
        yield connection


def _lock(connection: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> None:
    listed = ", ".join(quoted(str(path.absolute())) for path in files)
    connection.execute(f"set allowed_paths = [{listed}]")
    connection.execute("set autoinstall_known_extensions = false")
    connection.execute("set autoload_known_extensions = false")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


def one_select(connection: duckdb.DuckDBPyConnection, text: str) -> str:
    """The statement, if it is exactly one SELECT. Raises UsageError for anything else."""
    try:
        statements = connection.extract_statements(text)
    except duckdb.Error as error:
        raise UsageError(f"no valid SQL: {first_line(error)}", "mend the query") from error
    if len(statements) != 1:
        raise UsageError(f"{len(statements)} statements given", "give exactly one SELECT")
    if statements[0].type != duckdb.StatementType.SELECT:
        kind = statements[0].type.name
        raise UsageError(f"a {kind} statement is refused", "curate sql only reads: give one SELECT")
    return statements[0].query


def first_line(error: Exception) -> str:
    """The first line of a DuckDB error, without its kind."""
    return str(error).splitlines()[0].partition(": ")[2] or str(error).splitlines()[0]
