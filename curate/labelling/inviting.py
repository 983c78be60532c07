"""`curate label invite` below the command line."""

import socket

from annotate.label_studio.health import ANYWHERE
from annotate.label_studio.invite import invite_link
from curate.labelling.connection import Connection, connect
from curate.workspace import Workspace


def invitation(workspace: Workspace) -> str:
    """The sign-up link, under the address at which others reach the server.

    Raises LabelStudioError where no server runs, or where it refuses the key.
    """
    connection = connect(workspace)
    link = invite_link(connection.url, connection.key)
    return link.replace(connection.url, _address(connection), 1)


def _address(connection: Connection) -> str:
    """The server's URL; of one that listens everywhere, by this machine's name."""
    running = connection.server.running() if connection.server else None
    if running is None or running.host != ANYWHERE:
        return connection.url
    return f"http://{socket.getfqdn()}:{running.port}"
