"""One project's changes since the last pull: new, edited and deleted annotations."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from annotate.label_studio.pull import told
from annotate.label_studio.pull_server import Newest, Page, Reader
from curate.labelling.pull_change import number_of
from curate.labelling.pull_entry import Entry
from curate.labelling.pull_tasks import Intake

SETTLED = timedelta(seconds=60)
"""A change may be seen so long after the time it bears: a server commits late."""

ROUNDS = 5
SERVER_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
COUNTS = ("total_annotations_number", "skipped_annotations_number")


@dataclass(slots=True)
class ProjectPull:
    """A project as the server lists it. `pulls` says in which pulls prompts are looked up."""

    reader: Reader
    intake: Intake
    pulls: Callable[[], str]
    project: Mapping[str, Any]

    @property
    def key(self) -> str:
        """The project's name in the ledger."""
        return self.intake.key

    def run(self) -> None:
        """Take in what changed; all is read where the server has another number of annotations."""
        ledger = self.intake.batch.ledger
        self._look_for_prompts()
        newest = self.reader.newest(self.project.get("id"))
        reached = ledger.reached(self.key)
        since = reached.since if reached else None
        if newest.changed and (since is None or _is_later(newest.changed, since)):
            self._scan(since)
        self._compare(since)
        self._tell_waiting()
        upto = _settled(newest)
        if upto and upto != since:
            ledger.reach(self.key, upto)

    def _look_for_prompts(self) -> None:
        """Read again what waited for a prompt that the workspace has by now."""
        ledger, pulls = self.intake.batch.ledger, self.pulls()
        reached = ledger.reached(self.key)
        if reached and reached.pulls == pulls:
            return
        for waiting in ledger.waiting_tasks(self.key):
            there = self.intake.prompts(prompt for _, prompt in waiting)
            numbers = sorted({task for task, prompt in waiting if prompt in there})
            self.intake.take(list(self.reader.numbered(self.project.get("id"), numbers)))
        self.intake.batch.flush()
        ledger.looked(self.key, pulls)

    def _tell_waiting(self) -> None:
        count, first = self.intake.batch.ledger.waiting(self.key)
        self.intake.batch.report.wait(count, first)

    def _compare(self, since: str | None) -> None:
        """Read on until the server's count is ours: what is new first, and all if that stays."""
        count = _count(self.project)
        for _ in range(ROUNDS):
            if count == self._ours():
                return
            before, count = count, self._counted()
            quiet = before == count
            if quiet and since is None:
                return
            self._scan(since)
            if quiet:
                if count != self._ours():
                    self._scan(None)
                return

    def _ours(self) -> int:
        return self.intake.batch.ledger.count(self.key)

    def _counted(self) -> int:
        """How many annotations the server has now; as before where the project is gone."""
        found = self.reader.projects(ids=self.project.get("id"), include=",".join(("id", *COUNTS)))
        return next(map(_count, found), _count(self.project))

    def _scan(self, since: str | None) -> None:
        """Read the tasks changed since, all where it is null; then what is not there is gone."""
        for page in self.reader.changed(self.project.get("id"), since):
            here = self.intake.take(page.tasks)
            self.intake.end(
                it for it in self._of(page, all_between=not since) if it.vote_id not in here
            )
            self.intake.batch.flush(full=True)
        self.intake.batch.flush()

    def _of(self, page: Page, *, all_between: bool) -> Iterable[Entry]:
        """What is known of the page's tasks; with `all_between` of those before and after, too."""
        ledger = self.intake.batch.ledger
        if all_between:
            yield from ledger.of_tasks(self.key, page.after, page.upto)
            return
        for task in page.tasks:
            number = number_of(task)
            yield from ledger.of_tasks(self.key, number - 1, number)


def key_of(project: Mapping[str, Any]) -> str:
    """A project's name in the ledger; another server's numbers do not meet it."""
    return f"{told(project, 'id')}@{told(project, 'created_at')}"


def _count(project: Mapping[str, Any]) -> int:
    """How many annotations the server's list of projects counts, skips included."""
    return sum(it for it in map(project.get, COUNTS) if isinstance(it, int))


def _is_later(changed: str, since: str) -> bool:
    """Whether a change is later than what was seen; also where its time is none."""
    try:
        return datetime.fromisoformat(changed) > datetime.fromisoformat(since)
    except (ValueError, TypeError):
        return True


def _settled(newest: Newest) -> str | None:
    """Up to when all changes have been seen, as the server takes times; null where none is told."""
    try:
        changed = datetime.fromisoformat(str(newest.changed)).astimezone(UTC)
        seen = (newest.at or changed) - SETTLED
        return f"{min(changed, seen):{SERVER_TIME}}"
    except (ValueError, TypeError, OverflowError):
        return None
