"""Another workspace's pulls and votes come in by id, with their media."""

import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from curate.pull.forget import forget
from curate.pull.report import PullReport
from curate.pull.tombstones import write_whole
from curate.workspace import Workspace
from schemas.arrow import to_table
from schemas.base import content_id
from schemas.errors import SourceError, UsageError, WorkspaceError
from schemas.event import Event, Rater
from tests.support.pictures import write_picture
from tests.support.pulling import (
    NOW,
    events_of,
    pulled,
    question,
    rows_of,
    tree,
    workspace_at,
    write_lines,
)


@pytest.fixture
def other(tmp_path: Path) -> Workspace:
    """A workspace with a picture, a pull and a person's vote."""
    workspace = workspace_at(tmp_path / "theirs")
    write_picture(tmp_path / "in" / "a.png")
    rows = [question("Which?", "Red", "Blue", images=["a.png"]), {"prompt": ""}]
    pulled(workspace, write_lines(tmp_path / "in" / "set.jsonl", rows), licence="MIT")
    write_whole(workspace.annotations / "label-1.jsonl", [vote(workspace, "ben")])
    return workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return workspace_at(tmp_path / "ours")


def vote(workspace: Workspace, name: str) -> Event:
    """A person's vote on the workspace's first prompt."""
    first, second = rows_of(workspace, "candidates")[:2]
    return Event(
        event_id=content_id(name),
        at=NOW,
        prompt_id=first["prompt_id"],
        rater=Rater(kind="human", id=name),
        tiers=((first["candidate_id"],), (second["candidate_id"],)),
    )


def taken(workspace: Workspace, other: Workspace, **options: bool) -> PullReport:
    return pulled(workspace, f"workspace:{other.root}", **options)  # type: ignore[arg-type]


def test_pulls_votes_and_media_are_copied(workspace: Workspace, other: Workspace) -> None:
    report = taken(workspace, other)
    assert tree(workspace.pulls) == tree(other.pulls)
    assert tree(workspace.media) == tree(other.media)
    ours, theirs = events_of(workspace), events_of(other)
    assert {event.event_id for event in ours} == {event.event_id for event in theirs}
    assert (report.prompts, report.candidates, report.media, report.ratings) == (1, 2, 1, 2)
    assert report.new == {"prompts": 1, "candidates": 2, "events": 2}
    assert report.dropped == {"empty_prompt": 1}


def test_taking_it_in_twice_adds_nothing(workspace: Workspace, other: Workspace) -> None:
    taken(workspace, other)
    before = tree(workspace.root)
    report = taken(workspace, other)
    assert tree(workspace.root) == before
    assert (report.existed, report.new["events"]) == (True, 0)


def test_only_votes_that_are_not_here_come_in(workspace: Workspace, other: Workspace) -> None:
    taken(workspace, other)
    write_whole(other.annotations / "label-2.jsonl", [vote(other, "ben"), vote(other, "eva")])
    assert taken(workspace, other).new["events"] == 1
    assert len(events_of(workspace)) == 3


def test_sealed_journals_are_read_too(workspace: Workspace, other: Workspace) -> None:
    (other.annotations / "label-1.jsonl").unlink()
    sealed = to_table([vote(other, "ben")], Event)
    pq.write_table(sealed, other.annotations / "label-1.parquet")
    assert taken(workspace, other).new["events"] == 2
    assert {event.rater.id for event in events_of(workspace)} == {"anna", "ben"}


def test_forgotten_pulls_stay_where_they_are(workspace: Workspace, other: Workspace) -> None:
    (other.annotations / "label-1.jsonl").unlink()
    (folder,) = other.pull_folders()
    forget(other, folder.name, now=NOW)
    assert taken(workspace, other).prompts == 0
    assert tree(workspace.pulls) == {}


def test_dry_run_counts_and_writes_nothing(workspace: Workspace, other: Workspace) -> None:
    before = tree(workspace.root)
    assert taken(workspace, other, dry_run=True).new["prompts"] == 1
    assert tree(workspace.root) == before


def test_workspace_is_not_its_own_source(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="this workspace"):
        taken(workspace, workspace)


def test_folder_that_is_no_workspace_is_named(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="no workspace"):
        pulled(workspace, f"workspace:{tmp_path}")  # type: ignore[arg-type]


def spoil_media(other: Workspace) -> None:
    for path in other.media.glob("??/*"):
        path.write_bytes(b"no picture")


def lose_media(other: Workspace) -> None:
    shutil.rmtree(other.media)


def spoil_table(other: Workspace) -> None:
    other.pull_tables("prompts")[0].write_bytes(b"PAR1 no more")


@pytest.mark.parametrize("spoil", [spoil_media, lose_media, spoil_table])
def test_pull_that_cannot_be_used_stops_and_leaves_no_pull(
    workspace: Workspace, other: Workspace, spoil: object
) -> None:
    spoil(other)  # type: ignore[operator]
    with pytest.raises(SourceError, match="theirs"):
        taken(workspace, other)
    assert tree(workspace.pulls) == {}
    assert tree(workspace.annotations) == {}
