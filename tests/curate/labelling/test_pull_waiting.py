"""Votes on prompts that the workspace lacks wait, and cost nothing until the prompt is there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from curate.labelling.pull_state import pulled_versions
from tests.support.annotations import annotation, places
from tests.support.label_server import label_server
from tests.support.vote_place import Place

LATER = "2026-03-06T00:00:00.000000Z"


class Absent(Place):
    """A place whose only prompt is set aside for now."""

    def leave(self) -> None:
        """Take the prompt out of the workspace."""
        (self.workspace.pulls / "test-1").rename(self.workspace.pulls / ".aside")

    def come(self) -> None:
        """Bring it back."""
        (self.workspace.pulls / ".aside").rename(self.workspace.pulls / "test-1")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Absent]:
    with label_server() as server:
        found = Absent(tmp_path / "workspace", server)
        found.leave()
        yield found


def test_a_vote_that_waits_is_told_of_by_every_pull(place: Absent) -> None:
    place.votes(annotation(*places("21"), id=3))
    for _ in range(2):
        report = place.pull()
        assert (report.events_new, dict(report.faults)) == (0, {"unknown_prompt": 1})
        assert report.first == {"unknown_prompt": 3}


def test_a_vote_that_waits_is_not_read_by_every_pull(place: Absent) -> None:
    place.votes(annotation(*places("21")))
    place.pull()
    place.server.asked.clear()
    place.pull()
    assert place.scans() == []


def test_a_vote_that_waited_comes_once_the_prompt_is_there(place: Absent) -> None:
    place.votes(annotation(*places("21")), annotation(*places("12"), id=2))
    place.pull()
    place.come()
    assert place.pull().events_new == 2
    report = place.pull()
    assert (report.events_new, dict(report.faults)) == (0, {})


def test_a_vote_that_waits_was_not_pulled(place: Absent) -> None:
    place.votes(annotation(*places("21")))
    place.pull()
    assert pulled_versions(place.workspace) == {}
    place.come()
    place.pull()
    assert len(pulled_versions(place.workspace)) == 1


def test_a_vote_that_is_edited_while_it_waits_comes_as_it_stands(place: Absent) -> None:
    place.votes(annotation(*places("21")))
    place.pull()
    place.votes(annotation(*places("11"), updated_at=LATER), at=LATER)
    assert dict(place.pull().faults) == {"unknown_prompt": 1}
    place.come()
    place.pull()
    (event,) = place.live()
    assert event.verdict == "tie"


@pytest.mark.parametrize("at", ["", LATER], ids=["task deleted", "annotation deleted"])
def test_a_vote_that_is_deleted_while_it_waits_waits_no_more(place: Absent, at: str) -> None:
    place.votes(annotation(*places("21")))
    place.pull()
    place.votes(at=at)
    if not at:
        place.server.tasks = []
    report = place.pull()
    assert (report.events_new, dict(report.faults)) == (0, {})


def test_a_vote_that_was_pulled_and_waits_after_an_edit_is_superseded_later(
    place: Absent,
) -> None:
    place.come()
    place.votes(annotation(*places("21")))
    place.pull()
    place.leave()
    place.votes(annotation(*places("12"), updated_at=LATER), at=LATER)
    assert dict(place.pull().faults) == {"unknown_prompt": 1}
    assert len(place.live()) == 1
    place.come()
    assert place.pull().edited == 1
    assert len(place.live()) == 1


def test_votes_that_wait_are_counted_once_over_the_rounds_of_a_watch(place: Absent) -> None:
    place.votes(annotation(*places("21")))
    total = place.pull()
    total.add(place.pull())
    assert dict(total.faults) == {"unknown_prompt": 1}
