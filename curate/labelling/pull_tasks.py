"""Tasks as they are on the server, into a batch: what is new, edited, waiting or gone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from annotate.label_studio.pull import RaterOf, told, vote_id_of
from annotate.label_studio.pull_about import About, about_of
from curate.labelling.pull_batch import Batch
from curate.labelling.pull_change import Change, change_of, entry_of, gone, number_of
from curate.labelling.pull_entry import Entry

Annotation = Mapping[str, Any]
Prompts = Callable[[Iterable[str]], frozenset[str]]
"""Those of some prompts that the workspace has."""


@dataclass(slots=True)
class Intake:
    """Takes in the tasks of one project; `key` is its name in the ledger."""

    key: str
    batch: Batch
    rater_of: RaterOf
    prompts: Prompts
    now: Callable[[], datetime]

    def take(self, tasks: Sequence[Mapping[str, Any]]) -> set[str]:
        """Take in what is new or edited in these tasks; the vote_ids of all that is there."""
        here, new = set[str](), list[tuple[Mapping[str, Any], Annotation, Entry | None]]()
        for task in tasks:
            for annotation in _annotations(task):
                vote_id = vote_id_of(annotation)
                before = self.batch.ledger.latest(vote_id)
                here.add(vote_id)
                if _is_new(annotation, before):
                    new.append((task, annotation, before))
        abouts = {number_of(task): about_of(task) for task, *_ in new}
        there = self.prompts(about.prompt_id for about in abouts.values() if about)
        for task, annotation, before in new:
            about, number = abouts[number_of(task)], number_of(task)
            entry = entry_of(self.key, number, annotation, before)
            if about is None or about.prompt_id in there:
                self._take(entry, annotation, about)
            elif entry.waiting(about.prompt_id) != before:
                self.batch.add(entry.waiting(about.prompt_id), None)
        return here

    def end(self, entries: Iterable[Entry]) -> None:
        """Take back what is not on the server any more."""
        for entry in entries:
            self._add(gone(entry, self.batch.ledger.has_event, self.now()))

    def _take(self, entry: Entry, annotation: Annotation, about: About | None) -> None:
        ledger, report = self.batch.ledger, self.batch.report
        change = change_of(entry, annotation, about, self.rater_of, ledger.has_event, self.now())
        report.skipped += change.vote.skipped
        for fault in change.vote.faults:
            report.fault(fault, annotation)
        self._add(change)

    def _add(self, change: Change) -> None:
        self.batch.add(change.entry, change.event, change.vote.written)


def _is_new(annotation: Annotation, before: Entry | None) -> bool:
    if before is None or not before.here or before.waits is not None:
        return True
    return before.version != told(annotation, "updated_at")


def _annotations(task: Mapping[str, Any]) -> list[Annotation]:
    found = task.get("annotations")
    return [it for it in found if isinstance(it, Mapping)] if isinstance(found, list) else []
