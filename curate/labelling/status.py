"""`curate label status` below the command line: how far labelling is, while it runs.

The server says how many tasks are done, the journals what was pulled. Without a server there is
what was pulled, and why the rest is not known.
"""

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from annotate.label_studio.pull_server import Reader
from curate.labelling.connection import Connection, connect
from curate.labelling.status_pulled import known_raters, pulled_counts
from curate.labelling.status_raters import RaterFigures, RaterStatus, rater_figures
from curate.labelling.status_server import LASTING, ProjectStatus, projects, skips_by_rater
from curate.workspace import Workspace
from schemas.errors import LabelStudioError


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """What the server says. `skips` and sign-in `names` are by rater, empty before the first pull.

    `unpulled` is by how many annotations it differs from what was pulled; null where what pulls
    keep cannot be read now.
    """

    url: str
    projects: tuple[ProjectStatus, ...]
    skips: Mapping[str, int]
    names: Mapping[str, str]
    unpulled: int | None

    @property
    def open_votes(self) -> int:
        """Votes that are still wanted of people at work."""
        return sum(it.open_votes for it in self.projects if it.purpose in LASTING)


@dataclass(frozen=True, slots=True)
class LabelStatus:
    """All figures. `server` is null where none answers, and `no_server` says why.

    `names` are the sign-in names behind the raters.
    """

    figures: RaterFigures
    server: ServerStatus | None
    no_server: str | None
    names: Mapping[str, str]

    @property
    def raters(self) -> list[RaterStatus]:
        """Everybody who voted or skipped."""
        there = {it.rater for it in self.figures.raters}
        skipped = sorted(set(self.skips) - there)
        return [*self.figures.raters, *map(RaterStatus, skipped)]

    @property
    def skips(self) -> Mapping[str, int]:
        """Skips by rater, as far as they are known."""
        return self.server.skips if self.server else {}

    @property
    def hours_left(self) -> float | None:
        """Open votes by what the median vote took; null where either is not known."""
        if self.server is None or self.figures.seconds is None:
            return None
        return self.server.open_votes * self.figures.seconds / 3600

    def payload(self, *, names: bool) -> dict[str, Any]:
        """All of it, for programs; sign-in names only where they are asked for."""
        figures, server = self.figures, self.server
        return {
            "server": server.url if server else None,
            "no_server": self.no_server,
            "projects": [_project(it) for it in server.projects] if server else [],
            "raters": [self._rater(it, names=names) for it in self.raters],
            "agreement": figures.agreement,
            "compared": figures.compared,
            "seconds": figures.seconds,
            "open_votes": server.open_votes if server else None,
            "hours_left": self.hours_left,
            "unpulled": server.unpulled if server else None,
        }

    def _rater(self, rater: RaterStatus, *, names: bool) -> dict[str, Any]:
        skips = self.skips.get(rater.rater, 0) if self.server else None
        name = {"name": self.names.get(rater.rater)} if names else {}
        return {**asdict(rater), **name, "skips": skips, "qualified": rater.qualified}


def look(workspace: Workspace, variables: Mapping[str, str] = os.environ) -> LabelStatus:
    """How far labelling is. Nothing is written.

    Raises JournalError or WorkspaceError where a journal or a pull cannot be read; a server that
    cannot be asked is none.
    """
    figures, known = rater_figures(workspace), known_raters(workspace, {})
    names = known.names if known else {}
    try:
        server = _server(workspace, connect(workspace, variables))
    except LabelStudioError as error:
        return LabelStatus(figures, None, str(error), names)
    return LabelStatus(figures, server, None, {**names, **server.names})


def _server(workspace: Workspace, connection: Connection) -> ServerStatus:
    reader = Reader(connection.url, connection.key)
    pulled, found = pulled_counts(workspace), projects(reader)
    raters = known_raters(workspace, reader.users())
    return ServerStatus(
        url=reader.url,
        projects=tuple(found),
        skips=skips_by_rater(reader, found, raters) if raters else {},
        names=raters.names if raters else {},
        unpulled=None if pulled is None else sum(it.unpulled(pulled) for it in found),
    )


def _project(found: ProjectStatus) -> dict[str, Any]:
    return {**asdict(found), "open": found.open, "open_votes": found.open_votes}
