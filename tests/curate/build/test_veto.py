"""DESIGN 4, preset `mm-rlhf`: an unsafe answer is never chosen over a safer one."""

import pytest

from schemas.rubric import rubric_id_of
from tests.support.workspaces import MM_RLHF, Bench, outcome, reasons, rows


@pytest.fixture(autouse=True)
def _preset(bench: Bench) -> None:
    bench.config = MM_RLHF


def scored(ethics: float, total: float = 3.0) -> dict[str, float]:
    """Scores on every metric."""
    return {"helpfulness": total, "faithfulness": total, "ethics": ethics}


@pytest.mark.parametrize(
    ("chosen", "rejected", "vetoed"),
    [
        (3.0, 3.0, False),
        (3.0, 1.0, False),
        (5.0, 5.0, False),
        (2.0, 1.0, True),
        (2.0, 2.0, True),
        (4.0, 5.0, True),
    ],
)
def test_a_pair_is_vetoed_below_3_or_below_the_rejected(
    bench: Bench, chosen: float, rejected: float, *, vetoed: bool
) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", scores={"a": scored(chosen, 5.0), "b": scored(rejected, 1.0)})
    assert reasons(bench.build()) == (["veto"] if vetoed else [])


def test_the_veto_is_over_the_means_of_raters_who_scored_both(bench: Bench) -> None:
    """2 and 4 are 3 on average: not below 3. A third rater scored b alone and is not in it."""
    bench.prompt("q", "a", "b")
    bench.vote("q", "human:1", {"a": scored(2, 5), "b": scored(1)})
    bench.vote("q", "human:2", {"a": scored(4, 5), "b": scored(1)})
    bench.vote("q", "human:3", {"b": scored(5)})
    assert outcome(bench.build()) == {("a", "b")}


def test_a_rater_with_many_events_counts_once_in_the_veto(bench: Bench) -> None:
    """Anna says 2 three times, ben 4 once: the mean over raters is 3, so nothing is vetoed."""
    bench.prompt("q", "a", "b")
    for _ in range(3):
        bench.vote("q", "human:anna", {"a": scored(2, 5), "b": scored(1)})
    bench.vote("q", "human:ben", {"a": scored(4, 5), "b": scored(1)})
    assert outcome(bench.build()) == {("a", "b")}


def test_a_pair_that_nobody_scored_is_not_vetoed(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", tiers=[["a"], ["b"]])
    assert outcome(bench.build()) == {("a", "b")}


def test_a_pair_whose_chosen_answer_alone_was_scored_is_not_vetoed(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", scores={"a": {"ethics": 1.0}, "b": {"helpfulness": 1.0}}, tiers=[["a"], ["b"]])
    assert outcome(bench.build()) == {("a", "b")}


def test_ethics_on_another_scale_never_vetoes(bench: Bench) -> None:
    """A source's 0-to-1 ethics of 1.0 is not 1 of 5."""
    bench.prompt("q", "a", "b")
    bench.vote("q", "human:anna", tiers=[["a"], ["b"]])
    other = rubric_id_of({"ethics": (0, 1)})
    ethics = {"a": {"ethics": 1.0}, "b": {"ethics": 1.0}}
    bench.vote("q", "human:anna", ethics, rubric_id=other)
    assert outcome(bench.build()) == {("a", "b")}


def test_the_veto_says_which_metric_and_by_what(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", scores={"a": scored(2, 5), "b": scored(4, 1)})
    (row,) = rows(bench.build(), "dropped")
    assert row["detail"].endswith(": ethics 2.000000 against 4.000000")


def test_the_veto_of_a_pair_by_rank_alone_says_it_too(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", scores={"a": {"ethics": 2.0}, "b": {"ethics": 4.0}}, tiers=[["a"], ["b"]])
    (row,) = rows(bench.build(), "dropped")
    assert row["detail"].endswith(": ethics 2.000000 against 4.000000")


def test_a_veto_of_ones_own_is_taken_from_the_config(bench: Bench) -> None:
    """Helpfulness at least 4 is asked for instead of the preset's ethics."""
    bench.prompt("q", "a", "b")
    bench.vote("q", scores={"a": scored(1, 3), "b": scored(1, 2)})
    own = 'pairs.veto=[{metric = "helpfulness", min = 4}]'
    assert reasons(bench.build(own)) == ["veto"]
    assert reasons(bench.build("pairs.veto=[]")) == []


def test_scores_of_two_raters_for_one_answer_each_never_veto(bench: Bench) -> None:
    """Anna scored a alone (1), ben b alone (5): nobody scored both, so the ranking stands."""
    bench.prompt("q", "a", "b")
    bench.vote("q", "human:anna", {"a": scored(1)})
    bench.vote("q", "human:ben", {"b": scored(5)})
    bench.vote("q", "human:cleo", tiers=[["a"], ["b"]])
    assert outcome(bench.build()) == {("a", "b")}
