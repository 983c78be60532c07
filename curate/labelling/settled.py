"""The server to push to, once nothing of an earlier push is under way any more."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from annotate.label_studio import in_flight
from annotate.label_studio.sdk import connected
from annotate.label_studio.unfinished import left_alone
from curate.labelling.connection import Connection
from curate.locks import held
from curate.workspace import Workspace

LOCK = ".label-push.lock"
NOTE = ".label-push.json"


@contextmanager
def settled(workspace: Workspace, connection: Connection) -> Iterator[Any]:
    """The client, once what a killed push left under way has come or cannot come any more.

    Raises WorkspaceError where another push runs.
    """
    with (
        held(workspace.root / LOCK, "a push"),
        connected(connection.url, connection.key) as client,
    ):
        running = connection.server.running() if connection.server else None
        port = running.port if running else None
        in_flight.settle(
            client,
            workspace.root / NOTE,
            connection.url,
            lambda: None if port is None else left_alone(port),
        )
        yield client
