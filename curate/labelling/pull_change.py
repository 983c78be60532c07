"""What became of an annotation since it was pulled last: a vote, an edit, an end. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from annotate.label_studio.pull import RaterOf, Vote, event_id_of, told, vote_id_of, vote_of
from annotate.label_studio.pull_about import About
from curate.labelling.pull_entry import Entry
from schemas.base import content_id
from schemas.event import Event, Rater

LARGEST = 2**63 - 1

Known = Callable[[str], bool]
"""Whether a journal holds an event."""


@dataclass(frozen=True, slots=True)
class Change:
    """The annotation as it stands, what it said, and the event to write, null where none is."""

    entry: Entry
    vote: Vote
    event: Event | None = None


def entry_of(project: str, task: int, annotation: Mapping[str, Any], before: Entry | None) -> Entry:
    """The annotation's entry, its event still the one before."""
    return Entry(
        vote_id=vote_id_of(annotation),
        project=project,
        task=task,
        number=number_of(annotation),
        version=told(annotation, "updated_at"),
        event_id=before.event_id if before else None,
        prompt_id=before.prompt_id if before else None,
        rater=before.rater if before else None,
        live=before.live if before else False,
    )


def number_of(found: Mapping[str, Any]) -> int:
    """The id of a task or an annotation; 0 where it has none that a database holds."""
    number = found.get("id")
    return number if isinstance(number, int) and 0 <= number <= LARGEST else 0


def change_of(
    entry: Entry,
    annotation: Mapping[str, Any],
    about: About | None,
    rater_of: RaterOf,
    known: Known,
    at: datetime,
) -> Change:
    """What an annotation that is new or edited brings.

    One that is no vote any more, such as a skip that was a vote, ends the vote it was.
    """
    vote = vote_of(about, annotation, rater_of) if about else Vote(faults=("not_pushed",))
    if vote.event is None:
        return _end(entry, vote, known, at)
    event_id = event_id_of(annotation)
    if known(event_id) and entry.event_id and not entry.live:
        event_id = content_id([event_id, entry.event_id])  # it was ended, and is back
    supersedes = entry.event_id if entry.event_id != event_id else None
    event = vote.event.model_copy(update={"event_id": event_id, "supersedes": supersedes})
    changed = replace(
        entry, event_id=event_id, prompt_id=event.prompt_id, rater=event.rater.id, live=True
    )
    return Change(changed, vote, None if known(event_id) else event)


def gone(entry: Entry, known: Known, at: datetime) -> Change:
    """An annotation that is not on the server any more; its vote gets a tombstone."""
    return _end(replace(entry, here=False, waits=None), Vote(), known, at)


def _end(entry: Entry, vote: Vote, known: Known, at: datetime) -> Change:
    """The entry without its vote, and the tombstone where it was one."""
    if not (entry.live and entry.event_id and entry.prompt_id and entry.rater):
        return Change(entry, vote)
    tombstone = Event(
        event_id=content_id(["gone", entry.event_id]),
        at=at,
        supersedes=entry.event_id,
        deleted=True,
        prompt_id=entry.prompt_id,
        rater=Rater(kind="human", id=entry.rater),
    )
    ended = replace(entry, event_id=tombstone.event_id, live=False)
    return Change(ended, vote, None if known(tombstone.event_id) else tombstone)
