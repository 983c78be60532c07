"""Beginning anew with an empty Label Studio, never over votes that only it has."""

import sqlite3

from annotate.label_studio.server import Server
from schemas.errors import LabelStudioError

COUNT = "select count(*) from task_completion"


def begin_anew(server: Server, *, force: bool) -> None:
    """Stop the server and delete what it has.

    Raises LabelStudioError where it has votes that were not pulled, unless forced, and where its
    database is PostgreSQL, which is not ours to delete.
    """
    access = server.access() if server.access_path.exists() and not force else None
    if access is not None and access.postgres:
        raise LabelStudioError(
            "--fresh deletes no PostgreSQL database",
            f"drop it yourself, delete {server.folder}, and serve with --postgres of a new one",
        )
    votes = 0 if force else unpulled_votes(server)
    if votes:
        raise LabelStudioError(
            f"{votes:,} votes in Label Studio were not pulled and would be lost",
            "run: curate label pull, or delete them with --fresh --force",
        )
    server.clear()


def unpulled_votes(server: Server) -> int:
    """How many annotations the server's SQLite database has that were not pulled.

    None counts as pulled yet: what `label pull` wrote down is to be taken off here.
    """
    if not server.database.is_file():
        return 0
    try:
        connection = sqlite3.connect(f"{server.database.as_uri()}?mode=ro", uri=True)
        try:
            return int(connection.execute(COUNT).fetchone()[0])
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise LabelStudioError(
            f"{server.database}: the votes in it cannot be counted ({error})",
            "keep the file, or delete it with --fresh --force",
        ) from error
