"""One project's changes since the last pull: new, edited and deleted annotations."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from annotate.label_studio.pull import RaterOf, vote_id_of
from annotate.label_studio.pull_about import about_of
from annotate.label_studio.pull_server import Reader
from curate.labelling.pull_batch import Batch
from curate.labelling.pull_change import Change, change_of, entry_of, gone
from curate.labelling.pull_ledger import Entry

OVERLAP = timedelta(seconds=60)
"""Changes this much older than the newest seen are read again: a server may commit late."""

SERVER_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
COUNTS = ("total_annotations_number", "skipped_annotations_number")


@dataclass(slots=True)
class ProjectPull:
    """A project as the server lists it. `prompts` gives the ids that the workspace has.

    `unknown` are annotations about others; while there are any, nothing counts as read.
    """

    reader: Reader
    batch: Batch
    rater_of: RaterOf
    prompts: Callable[[], Collection[str]]
    now: Callable[[], datetime]
    project: Mapping[str, Any]
    unknown: set[int] = field(default_factory=set)

    @property
    def key(self) -> str:
        """The project's name in the ledger; another server's numbers do not meet it."""
        return key_of(self.project)

    def run(self) -> None:
        """Take in what changed; all is read where the server has another number of annotations."""
        ledger = self.batch.ledger
        newest = self.reader.newest(self.project.get("id"))
        since = ledger.cursors.get(self.key)
        self._scan(since)
        if since and self._on_server() != len(ledger.of_project(self.key)):
            self._scan(None)
        reached = _before(newest.get("updated_at")) if newest else None
        for number in sorted(self.unknown):
            self.batch.report.fault("unknown_prompt", {"id": number})
        if reached and not self.unknown:
            ledger.reach(self.key, reached)

    def _on_server(self) -> int:
        """How many annotations the server's list of projects counts, skips included."""
        found = map(self.project.get, COUNTS)
        return sum(it for it in found if isinstance(it, int))

    def _scan(self, since: str | None) -> None:
        """Read the tasks changed since, all where it is null."""
        ledger, seen = self.batch.ledger, set()
        for task in self.reader.tasks(self.project.get("id"), since):
            annotations = _annotations(task)
            here = {vote_id_of(it) for it in annotations}
            seen |= here
            self._end(
                it for it in ledger.of_task(self.key, _number(task)) if it.vote_id not in here
            )
            for annotation in annotations:
                self._take(task, annotation)
            self.batch.flush(full=True)
        self.batch.flush()
        if since is None:
            self._end(it for it in ledger.of_project(self.key) if it.vote_id not in seen)
            self.batch.flush()

    def _take(self, task: Mapping[str, Any], annotation: Mapping[str, Any]) -> None:
        """Take an annotation in, unless it is about a prompt that the workspace lacks."""
        ledger, report = self.batch.ledger, self.batch.report
        before = ledger.entries.get(vote_id_of(annotation))
        if before and before.here and before.version == str(annotation.get("updated_at")):
            return
        about = about_of(task)
        if about is not None and about.prompt_id not in self.prompts():
            self.unknown.add(_number(annotation))
            return
        entry = entry_of(self.key, _number(task), annotation, before)
        change = change_of(entry, annotation, about, self.rater_of, ledger.events, self.now())
        report.skipped += change.vote.skipped
        for fault in change.vote.faults:
            report.fault(fault, annotation)
        self._add(change)

    def _end(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self._add(gone(entry, self.now()))

    def _add(self, change: Change) -> None:
        self.batch.add(change.entry, change.event, change.vote.written)


def key_of(project: Mapping[str, Any]) -> str:
    """A project's name in the ledger."""
    return f"{project.get('id')}@{project.get('created_at')}"


def _annotations(task: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = task.get("annotations")
    return [it for it in found if isinstance(it, Mapping)] if isinstance(found, list) else []


def _number(record: Mapping[str, Any]) -> int:
    found = record.get("id")
    return found if isinstance(found, int) else 0


def _before(time: object) -> str | None:
    """A server's time less the overlap, as the server takes it; null where it is none."""
    try:
        return f"{datetime.fromisoformat(str(time)) - OVERLAP:{SERVER_TIME}}"
    except (ValueError, OverflowError):
        return None
