"""Tombstones of forgotten pulls: one journal a pull, `forget-<pull_id>.jsonl`."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from annotate import journal
from curate.disk import sync_folder
from curate.workspace import Workspace
from schemas.base import content_id
from schemas.event import Event, Rater

FORGET_PREFIX = "forget-"
NOBODY = Rater(kind="human", id="h-000000000000")
"""The rater of an event that only deletes another: whose vote it was is no longer told."""


def forget_journal(workspace: Workspace, pull_id: str) -> Path:
    """Where the tombstones of a pull lie."""
    return workspace.annotations / f"{FORGET_PREFIX}{pull_id}.jsonl"


def tombstone_of(event: Event, pull_id: str, at: datetime) -> Event:
    """The event that deletes `event` because its pull was forgotten; it names no rater."""
    return Event(
        event_id=content_id(["forget", pull_id, event.event_id]),
        at=at,
        supersedes=event.event_id,
        deleted=True,
        prompt_id=event.prompt_id,
        rater=NOBODY,
    )


def write_whole(path: Path, events: Iterable[Event]) -> int:
    """Write a journal so that it is there whole or not at all; return how many events."""
    partial = path.with_name(f".{path.name}.new")
    with partial.open("wb") as file:
        count = journal.write(file, events)
        journal.commit(file)
    partial.replace(path)
    sync_folder(path.parent)
    return count


def revive(workspace: Workspace, pulled: Path) -> None:
    """Drop tombstones on events of a journal that was just pulled.

    The same event may have come with a pull that was forgotten since; it is alive again.
    """
    journals = sorted(workspace.annotations.glob(f"{FORGET_PREFIX}*.jsonl"))
    if not journals or not pulled.exists():
        return
    alive = {event.event_id for event in journal.read(pulled)}
    for path in journals:
        tombstones = list(journal.read(path))
        kept = [one for one in tombstones if one.supersedes not in alive]
        if len(kept) < len(tombstones):
            write_whole(path, kept)
