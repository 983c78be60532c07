"""Forgetting a pull: its rows and votes no longer count, and nothing is erased.

The pull's tombstone.json hides its folder and journal; tombstones of its events lie beside, for
journals that travel without their pulls. Pulling the same source again brings it back.
"""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from annotate import journal
from curate.disk import sync_file, sync_folder
from curate.locks import held
from curate.pull.commit import TOMBSTONE, journal_of
from curate.pull.tombstones import forget_journal, tombstone_of, write_whole
from curate.sqlfiles import statement
from curate.views import open_views
from curate.workspace import Workspace
from schemas.counted import counted
from schemas.errors import WorkspaceError, did_you_mean
from schemas.event import Event


@dataclass(frozen=True, slots=True)
class HumanVotes:
    """What people said about prompts that only one pull has."""

    votes: int
    prompts: int


@dataclass(frozen=True, slots=True)
class ForgetReport:
    """The pull that no longer counts, its events that are deleted, and people's votes left over."""

    pull_id: str
    events: int
    human: HumanVotes


def forget(workspace: Workspace, pull: str, *, now: datetime, yes: bool = False) -> ForgetReport:
    """Take a pull back, named by its id or the start of it.

    Raises WorkspaceError for a pull that is not there, and without `yes` where people voted on
    prompts that only this pull has.
    """
    with held(workspace.pulls / ".lock", "a pull"):
        pull_id = resolve(workspace, pull)
        human = human_votes(workspace, pull_id)
        if human.votes and not yes:
            raise WorkspaceError(
                f"{pull_id}: {_said(human)}",
                "say --yes to forget it all the same; their votes stay in their journals",
            )
        mark = workspace.pulls / pull_id / TOMBSTONE
        dead = list(_own_events(workspace, pull_id))
        mark.write_text(json.dumps({"at": now.isoformat()}) + "\n", "utf-8")
        sync_file(mark)
        sync_folder(mark.parent)
        write_whole(
            forget_journal(workspace, pull_id),
            (tombstone_of(event, pull_id, now) for event in dead),
        )
    return ForgetReport(pull_id, len(dead), human)


def agreed(workspace: Workspace, pull: str, ask: Callable[[str], bool] | None) -> bool:
    """Whether a person at the terminal says yes; false where nobody voted or nobody is there."""
    if ask is None or not sys.stdin.isatty():
        return False
    human = human_votes(workspace, resolve(workspace, pull))
    return bool(human.votes) and ask(f"{_said(human)}. Forget it all the same?")


def resolve(workspace: Workspace, pull: str) -> str:
    """The one pull whose id is `pull` or starts so. Raises WorkspaceError."""
    known = [folder.name for folder in workspace.pull_folders()]
    found = [pull] if pull in known else [name for name in known if name.startswith(pull)]
    if len(found) == 1:
        return found[0]
    if len(found) > 1:
        raise WorkspaceError(f"{pull!r} is the start of {len(found)} pulls", ", ".join(found))
    if any(path.parent.name == pull for path in workspace.pulls.glob(f"*/{TOMBSTONE}")):
        raise WorkspaceError(f"pull {pull!r} is forgotten already", "pull its source to undo")
    raise WorkspaceError(f"pull {pull!r} unknown", did_you_mean(pull, known))


def human_votes(workspace: Workspace, pull_id: str) -> HumanVotes:
    """How much people said, in journals other than the pull's own, on what only it has."""
    text = statement("forget/human_votes")
    with open_views(workspace) as connection:
        rows = connection.execute(text, {"pull": pull_id}).fetchall()
    own = {event.event_id for event in _events(journal_of(workspace, pull_id))}
    theirs = [(str(event), str(prompt)) for event, prompt in rows if str(event) not in own]
    return HumanVotes(len(theirs), len({prompt for _, prompt in theirs}))


def _own_events(workspace: Workspace, pull_id: str) -> Iterator[Event]:
    """The pull's events that no other live pull holds."""
    others = {
        event.event_id
        for folder in workspace.pull_folders()
        if folder.name != pull_id
        for event in _events(journal_of(workspace, folder.name))
    }
    for event in _events(journal_of(workspace, pull_id)):
        if event.event_id not in others:
            yield event


def _events(path: Path) -> Iterator[Event]:
    return journal.read(path) if path.exists() else iter(())


def _said(human: HumanVotes) -> str:
    votes, prompts = counted(human.votes, "vote"), counted(human.prompts, "prompt")
    return f"people gave {votes} on {prompts} that only it has"
