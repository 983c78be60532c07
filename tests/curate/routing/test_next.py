"""`--next N`: the judge's own prompts on which one human vote is worth most."""

import pytest

from tests.support.routing import NO_OVERLAP, judged, routed, routes, rule, targets
from tests.support.workspaces import Bench, five


@pytest.fixture
def judgements(bench: Bench) -> Bench:
    """From least sure to surest: `torn`, `tie`, `close`, `swinging`, `clear`; and one unseen."""
    bench.config = NO_OVERLAP
    judged(bench, "clear", {"a": 12, "b": 2}, {"a": 12, "b": 2})
    judged(bench, "swinging", {"a": 12, "b": 0}, {"a": 6, "b": 4})
    judged(bench, "close", {"a": 7, "b": 6}, {"a": 7, "b": 6})
    judged(bench, "tie", {"a": 6, "b": 6}, {"a": 6, "b": 6})
    judged(bench, "torn", {"a": 9, "b": 3}, {"a": 3, "b": 6})
    bench.prompt("unseen", "a", "b")
    return bench


def picked(bench: Bench) -> set[str]:
    """The prompts that were picked."""
    return {text for text, (_, name) in targets(bench).items() if name == "next"}


@pytest.mark.parametrize("count", range(6))
def test_the_least_sure_are_picked_first(judgements: Bench, count: int) -> None:
    order = ["torn", "tie", "close", "swinging", "clear"]
    assert routed(judgements, next=count).picked == count
    assert picked(judgements) == set(order[:count])


def test_what_is_picked_goes_to_people_too_and_never_calibrates(judgements: Bench) -> None:
    routed(judgements, "label_studio.raters=2", next=1)
    row = routes(judgements)["torn"]
    assert (row["to"], row["raters"], row["frozen"]) == ("both", 2, True)
    assert (row["overlap"], row["inclusion_probability"]) == (False, 0)


def test_what_was_picked_stays_and_the_next_ones_follow(judgements: Bench) -> None:
    routed(judgements, next=1)
    routed(judgements)
    assert picked(judgements) == {"torn"}
    routed(judgements, next=2)
    assert picked(judgements) == {"torn", "tie", "close"}


def test_prompts_with_a_vote_or_with_people_already_are_not_picked(judgements: Bench) -> None:
    judgements.vote("torn", "human:anna", {"a": five(3), "b": five(6)})
    judgements.config += rule("question = 'tie'", "human")
    routed(judgements, next=1)
    assert picked(judgements) == {"close"}


def test_what_is_drawn_is_of_the_overlap_and_not_picked(judgements: Bench) -> None:
    report = routed(judgements, "route.overlap_min=100", next=3)
    assert (report.picked, report.totals.overlap) == (0, 6)


def test_fewer_than_asked_for_are_said(judgements: Bench) -> None:
    report = routed(judgements, next=9)
    (warning,) = report.warnings()
    assert report.picked == 5
    assert warning.startswith("--next 9: only 5 prompts")


def test_without_scores_nothing_can_be_picked(bench: Bench) -> None:
    bench.config = NO_OVERLAP
    bench.prompt("q", "a", "b")
    assert routed(bench, next=1).picked == 0


@pytest.mark.parametrize(
    ("hours", "more", "picked"), [(0.3, {}, 2), (0.3, {"next": 1}, 1), (0.1, {"next": 5}, 0)]
)
def test_hours_are_filled_with_the_least_sure(
    judgements: Bench, hours: float, more: dict[str, int], picked: int
) -> None:
    """A vote takes eight minutes where nobody's was timed."""
    assert routed(judgements, hours=hours, **more).picked == picked


def test_several_people_a_prompt_take_as_many_hours(judgements: Bench) -> None:
    assert routed(judgements, "label_studio.raters=2", hours=0.3).picked == 1
