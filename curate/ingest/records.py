"""From what a source says to what is believed: records to prompts, candidates, events and drops.

Every layout goes through here, so all are held to the same rules. Media come read already; nothing
here touches a disk or a clock.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from curate.ingest.answers import answers_of, lost_candidate_id
from curate.ingest.prompt import Words, prompt_of, unread_prompt_id, words_of
from curate.ingest.text import RecordFaultError, told
from curate.ingest.votes import votes_of
from curate.sources.record import SourceDrop, SourceRecord
from schemas.candidate import Candidate, Medium, Prompt
from schemas.event import Event
from schemas.pair import DropLevel, DroppedRow
from schemas.rubric import Rubric

STEP = "pull"


@dataclass(frozen=True, slots=True)
class Ingested:
    """What one record gave. Without a prompt all of it is in `dropped`."""

    prompt: Prompt | None = None
    candidates: Sequence[Candidate] = ()
    events: Sequence[Event] = ()
    dropped: Sequence[DroppedRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Ingest:
    """The rules, for one source: its name, the workspace's rubric, and the time of the pull."""

    source: str
    rubric: Rubric
    at: datetime

    def words(self, record: SourceRecord) -> Words | Ingested:
        """What the record's prompt says, for `record`; where that is at fault, all that is lost."""
        try:
            return words_of(record)
        except RecordFaultError as fault:
            return Ingested(dropped=list(self._lost(record, fault, None)))

    def record(
        self, record: SourceRecord, words: Words, read_media: Callable[[], Sequence[Medium]]
    ) -> Ingested:
        """What the record gives, with its `words` and the media that `media_of` lists.

        `read_media` raises RecordFaultError for a medium that cannot be taken.
        """
        try:
            prompt = prompt_of(words, read_media(), self.source)
        except RecordFaultError as fault:
            return Ingested(dropped=list(self._lost(record, fault, unread_prompt_id(record))))
        answers = answers_of(record.responses, prompt.prompt_id, self.source)
        votes = votes_of(record, answers, prompt.prompt_id, self.source, self.rubric, self.at)
        dropped = [
            self._row(record, "candidate", f"{_place(record)}#{index}", fault)
            for index, fault in answers.faults.items()
        ]
        dropped += [
            self._row(record, "row", candidate_id or _place(record), fault)
            for candidate_id, fault in votes.faults
        ]
        return Ingested(prompt, tuple(answers.candidates.values()), votes.events, dropped)

    def drop(self, drop: SourceDrop) -> DroppedRow:
        """The row of what was no record."""
        return self._row(drop, "row", _place(drop), RecordFaultError(drop.reason, drop.detail))

    def _lost(
        self, record: SourceRecord, fault: RecordFaultError, prompt_id: str | None
    ) -> Iterator[DroppedRow]:
        """A prompt takes its answers with it, each with a row of its own.

        Where the words are good the rows carry ids, by which a prompt of several records is one.
        """
        yield self._row(record, "prompt", prompt_id or _place(record), fault)
        for index, response in enumerate(record.responses):
            lost = lost_candidate_id(prompt_id, response.text)
            yield self._row(record, "candidate", lost or f"{_place(record)}#{index}", fault)

    def _row(
        self,
        place: SourceRecord | SourceDrop,
        level: DropLevel,
        row_id: str,
        fault: RecordFaultError,
    ) -> DroppedRow:
        return DroppedRow(
            level=level,
            id=told(row_id),
            source=self.source,
            line=place.line,
            step=STEP,
            reason=fault.reason,
            detail=told(fault.detail),
            other_id=None,
            score=None,
        )


def _place(record: SourceRecord | SourceDrop) -> str:
    """`file:line` of a record."""
    return f"{record.file or 'data'}:{'?' if record.line is None else record.line}"
