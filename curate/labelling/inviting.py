"""`curate label invite` below the command line."""

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from annotate.label_studio.health import ANYWHERE
from annotate.label_studio.invite import invite_link
from annotate.label_studio.pull_server import Reader
from curate.labelling.connection import Connection, connect
from curate.labelling.status_server import ProjectStatus, projects
from curate.workspace import Workspace
from schemas.counted import counted

FOR_ANNOTATORS = ("qualification", "work")
"""In the order in which somebody new is to meet them."""

SIGN_UP = (
    "Sign up by the link above, with an e-mail address of your own and any password of 8 "
    "characters or more."
)


@dataclass(frozen=True, slots=True)
class Open:
    """A project with work for annotators: how many tasks want a vote still, and its own link."""

    project: int
    title: str
    tasks: int
    link: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """The sign-up link, and the project that it leads to; null where there is none to label.

    `open` are the projects with work, in the order in which somebody new is to meet them. With
    `done` there were tasks, and none is open.
    """

    link: str
    project: int | None
    title: str | None
    open: tuple[Open, ...]
    done: bool

    @property
    def lines(self) -> list[str]:
        """What to send to annotators, beside the link."""
        if not self.open:
            return []
        work = [f"{it.title}: {counted(it.tasks, 'task')}, {it.link}" for it in self.open]
        return [
            SIGN_UP,
            "It leads to the first of these; the others open once you are signed in:",
            *work,
        ]


def invitation(workspace: Workspace) -> Invitation:
    """The link by which annotators sign up and are at once at their work.

    It is under the address at which others reach the server, and serves those who have signed up
    already too. Raises LabelStudioError where no server runs, or where it refuses the key.
    """
    connection = connect(workspace)
    address = _address(connection)
    link = invite_link(connection.url, connection.key)
    found = list(projects(Reader(connection.url, connection.key)))
    wanted = for_annotators(found)
    first = wanted[0] if wanted else None
    page = stream(first.project) if first else "/projects/"
    return Invitation(
        link=link.replace(connection.url, address, 1) + f"&next={quote(page)}",
        project=first.project if first else None,
        title=first.title if first else None,
        open=tuple(
            Open(it.project, it.title, open_tasks(it), address + stream(it.project))
            for it in wanted
        ),
        done=not wanted and any(it.tasks for it in found if it.purpose in FOR_ANNOTATORS),
    )


def for_annotators(found: Sequence[ProjectStatus]) -> list[ProjectStatus]:
    """Projects with open tasks: qualifications, then work, those with the most open ones first."""
    wanted = [it for it in found if open_tasks(it) and it.purpose in FOR_ANNOTATORS]
    return sorted(
        wanted,
        key=lambda it: (FOR_ANNOTATORS.index(it.purpose), -open_tasks(it), it.project),
    )


def open_tasks(project: ProjectStatus) -> int:
    """Tasks on which not all votes are there."""
    return max(0, project.tasks - project.done)


def stream(project: int) -> str:
    """The path of a project's label stream."""
    return f"/projects/{project}/data?labeling=1"


def _address(connection: Connection) -> str:
    """The server's URL; of one that listens everywhere, by this machine's name."""
    running = connection.server.running() if connection.server else None
    if running is None or running.host != ANYWHERE:
        return connection.url
    return f"http://{socket.getfqdn()}:{running.port}"
