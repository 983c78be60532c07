"""The file behind the ledger: its tables, and its errors said in one line."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from curate.sqlfiles import statement, used
from schemas.errors import LabelStudioError

FORMAT = 1
MADE = (
    *("entries", "entries_by_vote", "entries_by_task", "entries_staged", "entries_waiting"),
    *("events", "journals", "writing", "projects"),
)


class Database:
    """An SQLite file whose statements are those of curate/sql/ledger."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def run(self, name: str, /, **values: Any) -> int:
        """Run a statement; how many rows it changed."""
        text = statement(f"ledger/{name}")
        return self._connection.execute(text, used(text, values)).rowcount

    def run_all(self, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run a statement for each of the rows."""
        self._connection.executemany(statement(f"ledger/{name}"), rows)

    def rows(self, name: str, /, **values: Any) -> list[tuple[Any, ...]]:
        """The rows of a statement."""
        text = statement(f"ledger/{name}")
        return self._connection.execute(text, used(text, values)).fetchall()

    def clear(self, table: str) -> None:
        """Empty a table."""
        self._connection.execute(f"delete from {table}")

    @contextmanager
    def together(self) -> Iterator[None]:
        """All that runs in the block is on the disk itself after it, or nothing of it."""
        self._connection.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._connection.rollback()
            raise
        self._connection.commit()


@contextmanager
def opened(path: Path) -> Iterator[Database]:
    """The file's database, made where there is none.

    Raises LabelStudioError where it is none of ours, or fails inside the block.
    """
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("pragma synchronous = extra")
            _make(connection, path)
            yield Database(connection)
    except sqlite3.Error as error:
        raise LabelStudioError(
            f"{path}: cannot be used ({error})",
            "is the disk full? else restore the file from a copy",
        ) from error


def _make(connection: sqlite3.Connection, path: Path) -> None:
    (found,) = connection.execute("pragma user_version").fetchone()
    if found == FORMAT:
        return
    if found:
        raise LabelStudioError(
            f"{path}: written by another version of curate", "use that version here, or a newer one"
        )
    connection.execute("begin immediate")
    for name in MADE:
        connection.execute(statement(f"ledger/{name}"))
    connection.execute(f"pragma user_version = {FORMAT}")
    connection.commit()
