"""Beginning anew with an empty Label Studio, never over votes that only it has."""

import sqlite3
from collections.abc import Mapping

from annotate.label_studio.pull import vote_id_of
from annotate.label_studio.server import Server
from schemas.counted import counted
from schemas.errors import LabelStudioError

VOTES = "select id, created_at, updated_at from task_completion"


def begin_anew(server: Server, pulled: Mapping[str, str], *, force: bool) -> None:
    """Stop the server and delete what it has; `pulled` is as for `unpulled_votes`.

    Raises LabelStudioError where it has votes that were not pulled, unless forced, and where its
    database is PostgreSQL, which is not ours to delete.
    """
    access = server.access() if server.access_path.exists() and not force else None
    if access is not None and access.postgres:
        raise LabelStudioError(
            "--fresh deletes no PostgreSQL database",
            f"drop it yourself, delete {server.folder}, and serve with --postgres of a new one",
        )
    if not force:
        _refuse(server, pulled)
        server.stop()
        _refuse(server, pulled)  # one may have come while it stopped
    server.clear()


def _refuse(server: Server, pulled: Mapping[str, str]) -> None:
    """Raise LabelStudioError where there are votes that would be lost."""
    votes = unpulled_votes(server, pulled)
    if votes:
        raise LabelStudioError(
            counted(votes, "vote in Label Studio was", "votes in Label Studio were")
            + " not pulled and would be lost",
            "run: curate label pull, or delete them with --fresh --force",
        )


def unpulled_votes(server: Server, pulled: Mapping[str, str]) -> int:
    """How many annotations the server's SQLite database has that were not pulled as they stand.

    `pulled` has the time of its last edit for every annotation that was.
    """
    if not server.database.is_file():
        return 0
    try:
        connection = sqlite3.connect(f"{server.database.as_uri()}?mode=ro", uri=True)
        try:
            rows = connection.execute(VOTES)
            return sum(pulled.get(_vote_id(*row[:2])) != _as_told(row[2]) for row in rows)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise LabelStudioError(
            f"{server.database}: the votes in it cannot be counted ({error})",
            "keep the file, or delete it with --fresh --force",
        ) from error


def _vote_id(number: object, created_at: object) -> str:
    return vote_id_of({"id": number, "created_at": _as_told(created_at)})


def _as_told(time: object) -> str:
    """A time of the database as the server tells it."""
    return f"{str(time).replace(' ', 'T')}Z"
