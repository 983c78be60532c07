"""DESIGN 5.4: policies choose among the preferences left."""

from collections.abc import Mapping, Sequence

import pytest

from tests.support.workspaces import MM_RLHF, Bench, outcome, reasons, rows

POLICIES = ("mllm-dpo", "all-ranked", "best-vs-worst", "best-vs-rest", "adjacent")


def sums(*totals: int) -> dict[str, int]:
    """Answers a, b, c, ... with these sums."""
    return dict(zip("abcdefgh", totals, strict=False))


@pytest.mark.parametrize(
    ("totals", "rejected"),
    [
        pytest.param((9, 9, 7, 3), {"c", "d"}, id="two best, two below by 2 and 6"),
        pytest.param((8, 7, 7, 8), set(), id="no difference of 2"),
        pytest.param((6, 4), {"b"}, id="a difference of exactly 2"),
        pytest.param((12, 11, 11), set(), id="a difference of 1"),
        pytest.param((5,), set(), id="one answer"),
    ],
)
def test_mllm_dpo_pairs_the_best_with_one_that_loses_by_the_margin(
    bench: Bench, totals: Sequence[int], rejected: set[str]
) -> None:
    """The rule of the mllm-dpo notebook; of equal bests the smaller candidate_id is taken."""
    given = sums(*totals)
    bench.sums("q", given)
    pairs = outcome(bench.build())
    assert len(pairs) == bool(rejected)
    best = {answer for answer, total in given.items() if total == max(totals)}
    smallest = min(best, key=lambda answer: bench.candidates["q", answer].candidate_id)
    assert pairs <= {(smallest, answer) for answer in rejected}


def test_mllm_dpo_draws_every_loser_for_some_prompt_and_the_same_one_again(bench: Bench) -> None:
    """Of 40 prompts with two losers each, both are drawn; another seed draws otherwise."""
    for number in range(40):
        bench.sums(f"q{number}", sums(9, 5, 4))
    drawn = [row["rejected"] for row in rows(bench.build(), "pairs")]
    assert {"b", "c"} == set(drawn)
    assert 10 <= drawn.count("b") <= 30
    assert drawn == [row["rejected"] for row in rows(bench.build(force=True), "pairs")]
    assert drawn != [row["rejected"] for row in rows(bench.build("pairs.seed=1"), "pairs")]


@pytest.mark.parametrize(
    ("tiers", "n_pairs", "n_ties"),
    [
        ((["a"], ["b"], ["c"], ["d"]), 6, 0),
        ((["a"], ["b", "c"], ["d"]), 5, 1),
        ((["a", "b"], ["c", "d"]), 4, 2),
        ((["a", "b", "c", "d"],), 0, 6),
    ],
)
def test_all_ranked_takes_every_pair_of_different_tiers(
    bench: Bench, tiers: Sequence[Sequence[str]], n_pairs: int, n_ties: int
) -> None:
    """MM-RLHF: 1>2>3>4 gives 6 pairs, 1>2=3>4 5, 1=2>3=4 4, all equal none."""
    bench.config = MM_RLHF
    bench.prompt("q", *"abcd")
    bench.vote("q", tiers=tiers)
    report = bench.build()
    assert (len(outcome(report)), len(outcome(report, "ties"))) == (n_pairs, n_ties)


# a 9, b 9, c 7, d 3 with min_margin 2: a and b tie, c loses to both by 2 and beats d by 4.
TAKEN: Mapping[str, int] = {
    "mllm-dpo": 1,
    "all-ranked": 5,
    "best-vs-worst": 1,
    "best-vs-rest": 2,
    "adjacent": 3,
}


@pytest.mark.parametrize("policy", POLICIES)
def test_pairs_passed_over_are_not_drawn_and_weights_of_a_prompt_sum_to_1(
    bench: Bench, policy: str
) -> None:
    bench.sums("q", sums(9, 9, 7, 3))
    report = bench.build(f"pairs.policy={policy}")
    found = rows(report, "pairs")
    assert len(found) == TAKEN[policy]
    assert reasons(report) == ["not_drawn"] * (5 - len(found))
    assert sum(float(row["prompt_weight"]) for row in found) == pytest.approx(1, abs=1e-5)
    assert {row["policy"] for row in found} == {policy}


def test_best_vs_rest_pairs_the_best_with_each_that_loses_to_it(bench: Bench) -> None:
    bench.sums("q", sums(9, 7, 5, 4))
    assert outcome(bench.build("pairs.policy=best-vs-rest")) == {
        ("a", "b"), ("a", "c"), ("a", "d"),
    }  # fmt: skip


def test_adjacent_takes_pairs_with_no_answer_between(bench: Bench) -> None:
    bench.sums("q", sums(9, 7, 5, 3))
    assert outcome(bench.build("pairs.policy=adjacent")) == {("a", "b"), ("b", "c"), ("c", "d")}


def test_adjacent_goes_over_answers_that_are_too_near(bench: Bench) -> None:
    """9, 8, 6: with min_margin 2 the pair (a, b) is gone, so nothing lies between a and c."""
    bench.sums("q", sums(9, 8, 6))
    assert outcome(bench.build("pairs.policy=adjacent")) == {("a", "c"), ("b", "c")}


def test_best_vs_worst_takes_the_widest_compared_pair(bench: Bench) -> None:
    bench.sums("q", sums(5, 9, 7, 1))
    assert outcome(bench.build("pairs.policy=best-vs-worst")) == {("b", "d")}


def test_best_vs_worst_takes_a_scored_pair_before_a_ranked_one(bench: Bench) -> None:
    """(a, b) has margin 2; (c, d) was only ranked, four tiers apart: nulls come last."""
    bench.prompt("q", *"abcdef")
    bench.vote("q", "human:anna", {"a": 3, "b": 2})
    bench.vote("q", "human:ben", tiers=[["c"], ["e"], ["f"], ["d"]])
    assert outcome(bench.build("pairs.policy=best-vs-worst")) == {("a", "b")}


def test_best_vs_worst_of_ranked_pairs_takes_the_most_tiers(bench: Bench) -> None:
    bench.prompt("q", *"abcd")
    bench.vote("q", tiers=[["a"], ["b"], ["c"], ["d"]])
    assert outcome(bench.build("pairs.policy=best-vs-worst")) == {("a", "d")}


def test_best_vs_worst_of_equal_pairs_takes_the_smallest_pair_id(bench: Bench) -> None:
    bench.prompt("q", *"abcd")
    bench.vote("q", tiers=[["a", "b"], ["c", "d"]])
    every = rows(bench.build("pairs.policy=all-ranked"), "pairs")
    (row,) = rows(bench.build("pairs.policy=best-vs-worst"), "pairs")
    assert row["pair_id"] == min(row["pair_id"] for row in every)


def test_per_prompt_keeps_the_widest_pairs(bench: Bench) -> None:
    bench.sums("q", sums(12, 9, 5, 0))
    report = bench.build("pairs.policy=all-ranked", "pairs.per_prompt=2")
    assert outcome(report) == {("a", "d"), ("b", "d")}
    assert reasons(report) == ["over_cap"] * 4
    assert {float(row["prompt_weight"]) for row in rows(report, "pairs")} == {0.5}
