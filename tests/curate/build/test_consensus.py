"""DESIGN 5.3: votes are joined over the raters who compared both answers."""

from collections.abc import Sequence

import pytest

from tests.support.workspaces import Bench, five, only, outcome, reasons, rows

ALL = ("pairs.policy=all-ranked", "pairs.min_margin=0")


def _votes(bench: Bench, sums: Sequence[tuple[int, int]], prompt: str = "q") -> None:
    """One person a pair of sums for a and b."""
    bench.prompt(prompt, "a", "b")
    for number, (a, b) in enumerate(sums):
        bench.vote(prompt, f"human:rater-{number}", {"a": five(a), "b": five(b)})


@pytest.mark.parametrize(
    ("sums", "min_consensus", "found"),
    [
        pytest.param([(9, 6), (9, 6), (6, 7)], 0.0, "a", id="W2 T0 L1"),
        pytest.param([(9, 6), (9, 6), (6, 7)], 0.5, "no_consensus", id="W2 T0 L1, a third of n"),
        pytest.param([(9, 6), (6, 6)], 0.5, "a", id="W1 T1 L0, half of n"),
        pytest.param([(9, 6), (6, 6)], 0.51, "no_consensus", id="W1 T1 L0, under 0.51"),
        pytest.param([(9, 6), (9, 6), (9, 6), (6, 7), (5, 5)], 0.4, "a", id="W3 T1 L1, two of 5"),
        pytest.param([(9, 6), (6, 9)], 0.0, "no_consensus", id="W1 T0 L1"),
        pytest.param([(6, 6), (9, 9)], 0.0, "tie", id="W0 T2 L0"),
        pytest.param([(6, 6), (9, 9)], 1.0, "tie", id="W0 T2 L0 needs no consensus"),
        pytest.param([(9, 6), (9, 6)], 1.0, "a", id="W2 T0 L0, all of n"),
    ],
)
def test_a_side_is_preferred_when_w_less_l_reaches_the_share_of_n(
    bench: Bench, sums: Sequence[tuple[int, int]], min_consensus: float, found: str
) -> None:
    """Asked of two prompts, in which a has the greater and the smaller candidate_id."""
    _votes(bench, sums, "first")
    _votes(bench, sums, "second")
    ids = {key: candidate.candidate_id for key, candidate in bench.candidates.items()}
    assert ids["first", "a"] > ids["first", "b"]
    assert ids["second", "a"] < ids["second", "b"]
    report = bench.build(*ALL, f"pairs.min_consensus={min_consensus}")
    assert outcome(report) == ({("a", "b")} if found == "a" else set())
    assert len(rows(report, "pairs")) == 2 * (found == "a")
    assert len(rows(report, "ties")) == 2 * (found == "tie")
    assert reasons(report) == ["no_consensus"] * 2 * (found == "no_consensus")


@pytest.mark.parametrize(
    ("sums", "agreement"),
    [
        ([(9, 6)], 1.0),
        ([(9, 6), (9, 6), (6, 7)], 2 / 3),
        ([(9, 6), (6, 6)], 0.75),
        ([(9, 6), (9, 5), (6, 6), (6, 7)], 0.625),
    ],
)
def test_agreement_is_wins_and_half_the_ties_of_n(
    bench: Bench, sums: Sequence[tuple[int, int]], agreement: float
) -> None:
    _votes(bench, sums)
    row = only(bench.build(*ALL))
    assert row["agreement"] == pytest.approx(agreement, abs=1e-6)
    assert row["n_raters"] == len(sums)


def test_agreement_of_a_tie_is_one_half(bench: Bench) -> None:
    _votes(bench, [(6, 6)])
    assert only(bench.build(), "ties")["agreement"] == 0.5


def test_margins_are_means_over_raters_who_scored_both(bench: Bench) -> None:
    """D = 2, 3 and -1: 4/3 = 1.333333; over the widest difference 12: 0.111111."""
    _votes(bench, [(8, 6), (9, 6), (6, 7)])
    row = only(bench.build(*ALL))
    assert (row["margin_raw"], row["margin"]) == (1.333333, 0.111111)


def test_a_rater_with_many_events_weighs_as_much_as_one_with_one(bench: Bench) -> None:
    """Anna says 6 four times, ben 0 once: the mean over raters is 3, not 24/5."""
    bench.prompt("q", "a", "b")
    for _ in range(4):
        bench.vote("q", "human:anna", {"a": five(12), "b": five(6)})
    bench.vote("q", "human:ben", {"a": five(6), "b": five(6)})
    assert only(bench.build())["margin_raw"] == 3.0


def test_rankers_without_scores_do_not_pull_the_margin_down(bench: Bench) -> None:
    """One scored 9 to 6, two only ranked: margin 3 over one, tier gap (1 + 2) / 2 over two."""
    bench.prompt("q", "a", "b", "c")
    bench.vote("q", "human:anna", {"a": five(9), "b": five(6)})
    bench.vote("q", "human:ben", tiers=[["a"], ["b"], ["c"]])
    bench.vote("q", "human:cleo", tiers=[["a"], ["c"], ["b"]])
    report = bench.build("pairs.policy=all-ranked")
    (row,) = (
        row for row in rows(report, "pairs") if (row["chosen"], row["rejected"]) == ("a", "b")
    )
    assert (row["margin_raw"], row["tier_gap"], row["n_raters"]) == (3, 1.5, 3)


def test_conflicted_raters_are_left_out_of_every_mean(bench: Bench) -> None:
    """Anna scores a above b by 9 and ranks it below; ben says 3 and one tier up."""
    bench.prompt("q", "a", "b")
    bench.vote("q", "human:anna", {"a": five(12), "b": five(3)}, tiers=[["b"], ["a"]])
    bench.vote("q", "human:ben", {"a": five(9), "b": five(6)}, tiers=[["a"], ["b"]])
    row = only(bench.build("pairs.policy=all-ranked"))
    assert (row["chosen"], row["margin_raw"], row["tier_gap"], row["n_raters"]) == ("a", 3, 1, 1)


def test_a_negative_mean_margin_is_below_margin_even_at_min_margin_0(bench: Bench) -> None:
    """Two of three prefer a by 1, the third prefers b by 6: a wins 2 to 1 with margin -4/3."""
    _votes(bench, [(7, 6), (7, 6), (3, 9)])
    report = bench.build(*ALL)
    assert outcome(report) == set()
    assert bench.dropped(report) == {("below_margin", "a > b")}
    (row,) = rows(report, "dropped")
    assert float(row["score"]) == -1.333333


@pytest.mark.parametrize(("min_margin", "kept"), [("3", True), ("3.000001", False)])
def test_a_pair_is_dropped_when_its_margin_is_below_the_threshold(
    bench: Bench, min_margin: str, *, kept: bool
) -> None:
    _votes(bench, [(9, 6)])
    report = bench.build(f"pairs.min_margin={min_margin}")
    assert reasons(report) == ([] if kept else ["below_margin"])


def test_a_pair_that_was_only_ranked_passes_any_margin(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", tiers=[["a"], ["b"]])
    row = only(bench.build("pairs.min_margin=12"))
    assert (row["chosen"], row["margin_raw"]) == ("a", None)


def test_ties_are_kept_in_their_own_table(bench: Bench) -> None:
    """Four equal answers are six ties and no pair; chosen is the smaller candidate_id."""
    bench.prompt("q", "a", "b", "c", "d")
    bench.vote("q", tiers=[["a", "b", "c", "d"]])
    report = bench.build()
    assert outcome(report) == set()
    ties = rows(report, "ties")
    assert len(ties) == 6
    assert all(row["chosen_id"] < row["rejected_id"] for row in ties)
    assert {float(row["tier_gap"]) for row in ties} == {0.0}
