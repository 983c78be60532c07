"""New votes on their way to the disk: written answers, then the ledger, then the journal.

In that order a kill at any moment leaves no event without its answer, and none that a later pull
would not know to be its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from annotate import journal
from annotate.running.committer import open_new
from curate.labelling.pull_entry import Entry
from curate.labelling.pull_ledger import Ledger
from curate.labelling.pull_report import PullReport
from curate.workspace import Workspace
from schemas.candidate import Candidate
from schemas.event import Event

FULL = 1_000
PREFIX = "label-"


@dataclass(slots=True)
class Batch:
    """Votes not on the disk yet. The journal is made with the first event."""

    workspace: Workspace
    ledger: Ledger
    report: PullReport
    now: Callable[[], datetime]
    save_raters: Callable[[], None]
    entries: list[Entry] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    written: dict[str, Candidate] = field(default_factory=dict)
    name: str | None = None
    file: BinaryIO | None = None

    def add(self, entry: Entry, event: Event | None, written: Candidate | None = None) -> None:
        """One annotation as it stands, and its event where it is new."""
        self.entries.append(entry)
        if event is not None:
            self.events.append(event)
        if written is not None:
            self.written[written.candidate_id] = written

    def flush(self, *, full: bool = False) -> None:
        """Bring all to the disk; with `full` only where there is enough of it."""
        if not self.entries or (full and len(self.entries) < FULL):
            return
        self.save_raters()
        self._write_answers()
        self._write_events()
        self.report.written += len(self.written)
        rubric = self.workspace.rubric
        for event in self.events:
            self.report.count(event, rubric.rubric_id, rubric.rubric_hash)
        self.entries, self.events, self.written = [], [], {}

    def close(self) -> None:
        """Close the journal. What was not flushed is not there."""
        if self.file is not None:
            self.file.close()

    def _write_answers(self) -> None:
        if self.written:
            from curate.labelling.pull_written import pull_written

            pull_written(self.workspace, list(self.written.values()), self.now())

    def _write_events(self) -> None:
        if not self.events:
            self.ledger.stage(self.entries, None, 0)
            self.ledger.confirm(None, 0)
            return
        file = self.file = self.file or self._open()
        self.ledger.stage(self.entries, self.name, file.tell())
        journal.write(file, self.events)
        journal.commit(file)
        self.ledger.confirm(self.name, file.tell())

    def _open(self) -> BinaryIO:
        self.workspace.annotations.mkdir(exist_ok=True)
        self.name = f"{PREFIX}{self.now():%Y%m%dT%H%M%S%fZ}.jsonl"
        return open_new(self.workspace.annotations / self.name)
