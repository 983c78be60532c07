"""DESIGN 5.4: the best answer loses to none; ties are broken by margin, tier gap, candidate_id."""

from tests.support.workspaces import Bench, five, outcome, rows

REST = ("pairs.policy=best-vs-rest", "pairs.min_margin=0")


def chosen(bench: Bench, *settings: str) -> set[str]:
    """The best answer of the workspace's one prompt."""
    return {row["chosen"] for row in rows(bench.build(*settings), "pairs")}


def test_an_answer_that_loses_once_is_not_best_whatever_its_margins(bench: Bench) -> None:
    """a beats c by 12 and loses to b by 1: b, which beat a alone, is best."""
    bench.prompt("q", *"abc")
    bench.vote("q", "human:1", {"a": five(12), "c": five(0)})
    bench.vote("q", "human:2", {"b": five(7), "a": five(6)})
    assert chosen(bench, *REST) == {"b"}


def test_of_two_unbeaten_the_greater_summed_margin_is_best(bench: Bench) -> None:
    """a beats c by 4; b beats c by 3 and d by 3, which makes 6."""
    bench.prompt("q", *"abcd")
    bench.vote("q", "human:1", {"a": five(8), "c": five(4)})
    bench.vote("q", "human:2", {"b": five(7), "c": five(4), "d": five(4)})
    assert chosen(bench, *REST) == {"b"}


def test_at_equal_margins_the_greater_summed_tier_gap_is_best(bench: Bench) -> None:
    """a and b both beat two answers by 3 points; b is ranked two tiers above one of them."""
    bench.prompt("q", *"abcd")
    bench.vote(
        "q", "human:1", {"a": five(6), "c": five(3), "d": five(3)}, tiers=[["a"], ["c", "d"]]
    )
    bench.vote(
        "q", "human:2", {"b": five(6), "c": five(3), "d": five(3)}, tiers=[["b"], ["c"], ["d"]]
    )
    assert chosen(bench, *REST) == {"b"}


def test_at_equal_margins_and_gaps_the_smallest_candidate_id_is_best(bench: Bench) -> None:
    """Five prompts of two equal bests: each takes the smaller id, which is not always a."""
    for number in range(5):
        bench.sums(f"q{number}", {"a": 9, "b": 9, "c": 3})
    found = rows(bench.build(*REST), "pairs")
    smallest = {
        min("ab", key=lambda answer: bench.candidates[f"q{number}", answer].candidate_id)
        for number in range(5)
    }
    assert {row["chosen"] for row in found} == smallest
    for row in found:
        assert row["chosen_id"] in {
            min(bench.candidates[f"q{number}", answer].candidate_id for answer in "ab")
            for number in range(5)
        }


def test_a_loss_below_the_margin_does_not_count(bench: Bench) -> None:
    """b loses to a by 1, which is below 2 and gone, and beats four others by more than a does."""
    bench.prompt("q", *"abcd")
    bench.vote("q", "human:1", {"a": five(7), "b": five(6), "c": five(3)})
    bench.vote("q", "human:2", {"b": five(12), "d": five(0)})
    assert outcome(bench.build("pairs.policy=best-vs-rest")) == {("b", "c"), ("b", "d")}


def test_a_prompt_whose_best_is_beaten_all_round_has_no_best(bench: Bench) -> None:
    """a > b > c > a is a cycle and leaves; d, which beat c, is the only one left to choose."""
    bench.prompt("q", *"abcd")
    for number, (one, other) in enumerate([("a", "b"), ("b", "c"), ("c", "a"), ("d", "c")]):
        bench.vote("q", f"human:{number}", tiers=[[one], [other]])
    assert outcome(bench.build(*REST)) == {("d", "c")}
