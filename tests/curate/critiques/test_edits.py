"""What becomes of an expansion when a person changes or takes back what it expands."""

from datetime import UTC, datetime
from typing import Any

import pytest

from annotate import journal
from schemas.event import Event
from tests.support.critiquing import FULLER, comment, critiquing
from tests.support.workspaces import Bench, only

GOOD, BAD = "The red one.", "The green one."
LATER = "2026-02-02T00:00:00Z"


@pytest.fixture
def voted(bench: Bench) -> Event:
    """One vote with two comments."""
    bench.prompt("Which bus?", GOOD, BAD)
    return comment(bench, "Which bus?", {BAD: "wrong bus", GOOD: "right bus"})


def expanded(bench: Bench) -> set[str]:
    """The texts of expanded reasons in a build's only pair."""
    found = only(bench.build())["rationales"]
    return {one["text"] for one in found if one["kind"] == "expanded"}


BOTH = {f"{FULLER}wrong bus", f"{FULLER}right bus"}


def test_a_changed_score_leaves_the_expansion_and_asks_nobody(
    bench: Bench, voted: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.write()
    with critiquing(bench.root, monkeypatch) as run:
        run.json()
        comment(
            bench,
            "Which bus?",
            {BAD: "wrong bus", GOOD: "right bus"},
            scores={BAD: 0, GOOD: 4},
            supersedes=voted.event_id,
            at=LATER,
        )
        bench.write()
        assert expanded(bench) == set(), "the event that it expands is gone"
        asked = run.asked
        done = run.json()
        assert (done["cached"], done["carried"], done["calls"]) == (2, 2, 0)
        assert run.asked == asked
        assert expanded(bench) == BOTH
        assert run.json()["carried"] == 0


def test_a_changed_comment_is_expanded_anew_and_the_other_carried(
    bench: Bench, voted: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.write()
    with critiquing(bench.root, monkeypatch) as run:
        run.json()
        comment(
            bench,
            "Which bus?",
            {BAD: "wrong bus!", GOOD: "right bus"},
            supersedes=voted.event_id,
            at=LATER,
        )
        bench.write()
        done = run.json()
        assert (done["cached"], done["expanded"], done["carried"], done["calls"]) == (1, 1, 1, 2)
    assert expanded(bench) == {f"{FULLER}wrong bus!", f"{FULLER}right bus"}


def test_a_deleted_vote_takes_its_expansion_with_it(
    bench: Bench, voted: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = comment(bench, "Which bus?", {BAD: "no", GOOD: "yes"}, "human:h-ffffffffffff")
    bench.write()
    with critiquing(bench.root, monkeypatch) as run:
        run.json()
        bench.events.append(
            voted.model_copy(
                update={
                    "event_id": "d" * 32,
                    "supersedes": voted.event_id,
                    "deleted": True,
                    "answers": (),
                }
            )
        )
        bench.write()
        assert expanded(bench) == {f"{FULLER}no", f"{FULLER}yes"}
        assert run.json()["planned"] == 2
    raters = {one["rater"] for one in only(bench.build())["rationales"]}
    assert raters == {other.rater.id}


def test_the_latest_checked_one_of_several_expansions_stands(
    bench: Bench, voted: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.write()
    with critiquing(bench.root, monkeypatch) as run:
        run.json()
        first = next(
            event for event in run.events if event.flags and event.expands == voted.event_id
        )
    more = [
        again(first, "a" * 32, "Said later.", datetime(2027, 1, 1, tzinfo=UTC)),
        again(first, "b" * 32, "Not checked.", datetime(2028, 1, 1, tzinfo=UTC), flags=()),
    ]
    with (bench.root / "annotations" / "critiques-more.jsonl").open("wb") as file:
        journal.write(file, more)
    found = expanded(bench)
    assert "Said later." in found
    assert len(found) == 2, "one for each answer"


def again(event: Event, event_id: str, text: str, at: datetime, **changes: Any) -> Event:
    """The same expansion in other words."""
    answer = event.answers[0].model_copy(update={"rationales": {"overall": text}})
    made = {"event_id": event_id, "supersedes": None, "at": at, "answers": (answer,), **changes}
    return event.model_copy(update=made)


def test_an_expansion_of_an_event_that_nobody_has_is_passed_over(
    bench: Bench, voted: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.write()
    before = only(bench.build())["rationales"]
    with critiquing(bench.root, monkeypatch) as run:
        run.json()
    lost = [event.model_copy(update={"expands": "e" * 32}) for event in run.events]
    for path in (bench.root / "annotations").glob("critiques-*"):
        path.unlink()
    bench.events += lost
    assert only(bench.build())["rationales"] == before
    assert voted.event_id not in {event.expands for event in lost}
