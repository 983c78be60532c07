"""`curate label invite` below the command line."""

import socket
from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args
from urllib.parse import quote

from annotate.label_studio.health import ANYWHERE
from annotate.label_studio.invite import invite_link
from annotate.label_studio.names import Purpose
from annotate.label_studio.projects import Project, ours
from annotate.label_studio.sdk import connected
from curate.labelling.connection import Connection, connect
from curate.workspace import Workspace

FOR_ANNOTATORS = ("qualification", "work")
"""In the order in which somebody new is to meet them."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """The sign-up link, and the project that it leads to; null where there is none to label."""

    link: str
    project: int | None
    title: str | None


def invitation(workspace: Workspace) -> Invitation:
    """The link by which annotators sign up and are at once at their work.

    It is under the address at which others reach the server, and serves those who have signed up
    already too. Raises LabelStudioError where no server runs, or where it refuses the key.
    """
    connection = connect(workspace)
    link = invite_link(connection.url, connection.key)
    with connected(connection.url, connection.key) as client:
        first = first_for_annotators(ours(client))
    page = f"/projects/{first.number}/data?labeling=1" if first else "/projects/"
    return Invitation(
        link.replace(connection.url, _address(connection), 1) + f"&next={quote(page)}",
        first.number if first else None,
        first.title if first else None,
    )


def first_for_annotators(projects: Iterable[Project]) -> Project | None:
    """The qualification where there is one, else the project with the most tasks."""
    wanted = [it for it in projects if it.tasks and purpose_of(it) in FOR_ANNOTATORS]
    return min(
        wanted,
        key=lambda it: (FOR_ANNOTATORS.index(purpose_of(it)), -it.tasks, it.number),
        default=None,
    )


def purpose_of(project: Project) -> str:
    """What a project is for: its title begins with all but work."""
    beginning = project.title.partition(":")[0]
    return beginning if beginning in get_args(Purpose) else "work"


def _address(connection: Connection) -> str:
    """The server's URL; of one that listens everywhere, by this machine's name."""
    running = connection.server.running() if connection.server else None
    if running is None or running.host != ANYWHERE:
        return connection.url
    return f"http://{socket.getfqdn()}:{running.port}"
