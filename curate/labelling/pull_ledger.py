"""Which annotations were pulled, and into which events: `.label-studio/pulled.sqlite3`.

A batch is staged before its events are written and confirmed after; so at any moment at most one
batch is in doubt, and its journal tells what became of it. All else is looked up by its key: what
a pull costs does not grow with what was pulled before.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from curate.labelling.pull_database import Database
from curate.labelling.pull_entry import Entry

ROWS = 500
LAST_TASK = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a project was read: all changes up to `since`; what waits, with these `pulls`."""

    since: str | None = None
    pulls: str | None = None


class Ledger:
    """The entries by annotation, and how far each project was read."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def stage(self, entries: Iterable[Entry], journal: str | None, start: int) -> None:
        """Note annotations whose events come next, into a journal (null: none) from a byte on."""
        with self._database.together():
            self._database.run_all("stage", (entry.columns() for entry in entries))
            if journal is not None:
                self._database.run("note_writing", name=journal, start=start)

    def confirm(self, journal: str | None, size: int) -> None:
        """What was staged counts: its events are on the disk, the journal has so many bytes."""
        with self._database.together():
            confirm(self._database)
            if journal is not None:
                self._database.run("journal_size", name=journal, size=size)

    def reach(self, project: str, since: str) -> None:
        """Note how far a project was read."""
        self._database.run("reach", project=project, since=since)

    def looked(self, project: str, pulls: str) -> None:
        """Note with which pulls of prompts it was looked for what waits."""
        self._database.run("looked", project=project, pulls=pulls)

    def reached(self, project: str) -> Reached | None:
        """How far a project was read; null where never."""
        found = self._database.rows("project", project=project)
        return Reached(*found[0]) if found else None

    def latest(self, vote_id: str) -> Entry | None:
        """The annotation as it was pulled last."""
        found = self._database.rows("latest", vote_id=vote_id)
        return Entry.of_row(found[0]) if found else None

    def has_event(self, event_id: str) -> bool:
        """Whether a journal holds it."""
        return bool(self._database.rows("has_event", event_id=event_id)[0][0])

    def of_tasks(self, project: str, after: int, upto: int | None) -> Iterator[Entry]:
        """Annotations that are on the server as far as is known, of tasks `after` < id <= `upto`.

        They may be changed while they are read.
        """
        place: tuple[int, str] = (after + 1, "")
        last = LAST_TASK if upto is None else upto
        while True:
            rows = self._database.rows(
                "of_tasks", project=project, task=place[0], vote_id=place[1], upto=last, rows=ROWS
            )
            yield from map(Entry.of_row, rows)
            if len(rows) < ROWS:
                return
            place = (rows[-1][2], rows[-1][0])

    def count(self, project: str) -> int:
        """How many annotations of a project are on the server as far as is known."""
        return int(self._database.rows("count", project=project)[0][0])

    def counts(self) -> dict[str, int]:
        """As `count`, of all projects."""
        return dict(self._database.rows("counts"))

    def with_votes(self) -> set[str]:
        """The projects that have votes."""
        return {name for (name,) in self._database.rows("live_projects")}

    def waiting(self, project: str) -> tuple[int, int | None]:
        """How many annotations wait for their prompts, and the first one's number."""
        count, first = self._database.rows("waiting", project=project)[0]
        return count, first

    def waiting_tasks(self, project: str) -> Iterator[list[tuple[int, str]]]:
        """Tasks and the prompts that they wait for, in lists of some hundreds."""
        place: tuple[int, str] = (-1, "")
        while rows := self._database.rows(
            "waiting_tasks", project=project, task=place[0], waits=place[1], rows=ROWS
        ):
            yield [(task, prompt) for task, prompt in rows]
            place = (rows[-1][0], rows[-1][1])

    def versions(self) -> dict[str, str]:
        """The time of its last edit for every annotation on the server, by vote_id."""
        return dict(self._database.rows("versions"))


def confirm(database: Database) -> None:
    """Let staged entries take the place of those before; in a transaction of the caller's."""
    database.run("staged_events")
    database.run("supersede")
    database.run("confirm")
    database.clear("writing")
