"""DESIGN 5.2: a rater's vote on two answers is the sign of the ranking, else of the scores."""

import pytest

from schemas.event import Answer
from tests.support.workspaces import Bench, five, only, outcome, reasons, rows

RANKED_AGAINST_SCORES = {"a": five(9), "b": five(6)}
CONFLICT_SETTINGS = ("pairs.policy=all-ranked", "pairs.min_margin=0")


def _conflict(bench: Bench) -> None:
    """One person who scores a above b and ranks b above a."""
    bench.prompt("q", "a", "b")
    bench.vote("q", "human:anna", RANKED_AGAINST_SCORES, tiers=[["b"], ["a"]])


def test_a_ranking_is_the_vote_and_scores_give_the_margin(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", scores={"a": five(9), "b": five(6)}, tiers=[["a"], ["b"]])
    row = only(bench.build())
    assert (row["chosen"], row["margin_raw"], row["tier_gap"]) == ("a", 3.0, 1.0)


def test_a_ranking_alone_is_a_vote_without_margin(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", tiers=[["b"], ["a"]])
    row = only(bench.build())
    assert (row["chosen"], row["margin_raw"], row["margin"], row["tier_gap"]) == (
        "b",
        None,
        None,
        1,
    )


def test_a_conflict_takes_the_raters_vote_out_by_default(bench: Bench) -> None:
    _conflict(bench)
    report = bench.build(*CONFLICT_SETTINGS)
    assert outcome(report) == outcome(report, "ties") == set()
    assert reasons(report) == ["conflict"]


def test_a_conflict_leaves_the_votes_of_the_others(bench: Bench) -> None:
    """Anna contradicts herself on (a, b), ben says b by 1: b, one rater, margin 1."""
    _conflict(bench)
    bench.vote("q", "human:ben", {"a": five(5), "b": five(6)})
    row = only(bench.build(*CONFLICT_SETTINGS))
    assert (row["chosen"], row["n_raters"], row["margin_raw"], row["tier_gap"]) == ("b", 1, 1, None)


def test_a_conflict_on_one_pair_leaves_the_raters_other_pairs(bench: Bench) -> None:
    """Scores 9, 6, 0 and the order b, a, c: only (a, b) is a conflict."""
    bench.prompt("q", "a", "b", "c")
    bench.vote("q", scores={"a": five(9), "b": five(6), "c": five(0)}, tiers=[["b"], ["a"], ["c"]])
    report = bench.build("pairs.policy=all-ranked")
    assert outcome(report) == {("a", "c"), ("b", "c")}
    assert bench.dropped(report) in ({("conflict", "a ~ b")}, {("conflict", "b ~ a")})


def test_on_conflict_ranking_takes_the_order_and_leaves_the_margin_out(bench: Bench) -> None:
    _conflict(bench)
    row = only(bench.build(*CONFLICT_SETTINGS, "pairs.on_conflict=ranking"))
    assert (row["chosen"], row["margin_raw"], row["tier_gap"]) == ("b", None, 1.0)


def test_on_conflict_scores_takes_the_scores(bench: Bench) -> None:
    _conflict(bench)
    assert outcome(bench.build(*CONFLICT_SETTINGS, "pairs.on_conflict=scores")) == {("a", "b")}


def test_equal_scores_under_a_strict_rank_are_no_conflict(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", scores={"a": five(8), "b": five(8)}, tiers=[["a"], ["b"]])
    report = bench.build("pairs.min_margin=0")
    row = only(report)
    assert (row["chosen"], row["margin_raw"], row["tier_gap"]) == ("a", 0.0, 1.0)
    assert report.manifest.conflicts == {}


def test_one_tier_under_unequal_scores_is_a_tie_and_no_conflict(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", scores={"a": five(8), "b": five(6)}, tiers=[["a", "b"]])
    report = bench.build()
    assert len(outcome(report, "ties")) == 1
    assert outcome(report) == set()
    assert report.manifest.conflicts == {}


def test_conflicts_are_counted_by_rater_in_the_manifest(bench: Bench) -> None:
    """Anna is at odds with herself on two of three pairs, ben on one, cleo on none."""
    bench.prompt("q", "a", "b", "c")
    scores = {"a": five(9), "b": five(6), "c": five(0)}
    bench.vote("q", "human:anna", scores, tiers=[["b", "c"], ["a"]])
    bench.vote("q", "human:ben", scores, tiers=[["a"], ["c"], ["b"]])
    bench.vote("q", "human:cleo", scores, tiers=[["a"], ["b"], ["c"]])
    assert bench.build().manifest.conflicts == {
        "anna": {"conflicts": 2, "contradictions": 0},
        "ben": {"conflicts": 1, "contradictions": 0},
    }


def test_an_order_that_nobody_touched_is_no_vote(bench: Bench) -> None:
    """The ranker's first order (b, a) was never confirmed: the scores speak alone."""
    bench.prompt("q", "a", "b")
    bench.vote("q", scores=RANKED_AGAINST_SCORES, tiers=[["b"], ["a"]], confirmed=False)
    report = bench.build()
    row = only(report)
    assert (row["chosen"], row["tier_gap"]) == ("a", None)
    assert report.manifest.conflicts == {}


def test_an_unconfirmed_order_alone_leaves_the_prompt_unrated(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", tiers=[["b"], ["a"]], confirmed=False)
    assert reasons(bench.build(), "prompt") == ["unrated"]


@pytest.mark.parametrize("rater", ["source:set", "judge:gemini"])
def test_rankings_of_sources_and_judges_count_as_confirmed(bench: Bench, rater: str) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", rater, tiers=[["b"], ["a"]], confirmed=False)
    assert outcome(bench.build()) == {("b", "a")}


def test_opposite_rankings_of_one_rater_are_a_contradiction(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", "human:anna", tiers=[["a"], ["b"]])
    bench.vote("q", "human:anna", tiers=[["b"], ["a"]])
    report = bench.build()
    assert reasons(report) == ["contradiction"]
    assert report.manifest.conflicts["anna"] == {"conflicts": 0, "contradictions": 1}


def test_a_contradiction_leaves_the_votes_of_the_others(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", "human:anna", tiers=[["a"], ["b"]])
    bench.vote("q", "human:anna", tiers=[["b"], ["a"]])
    bench.vote("q", "human:ben", tiers=[["b"], ["a"]])
    row = only(bench.build())
    assert (row["chosen"], row["n_raters"], row["agreement"]) == ("b", 1, 1.0)


def test_a_ranking_and_the_scores_of_another_event_of_the_rater_are_one_vote(bench: Bench) -> None:
    """Ranked a above b on Monday, scored a above b by 3 on Tuesday: one rater, one vote."""
    bench.prompt("q", "a", "b")
    bench.vote("q", "human:anna", tiers=[["a"], ["b"]])
    bench.vote("q", "human:anna", {"a": five(9), "b": five(6)})
    report = bench.build()
    row = only(report)
    assert (row["n_raters"], row["margin_raw"], row["tier_gap"]) == (1, 3.0, 1.0)
    assert len(rows(report, "pairs")[0]["provenance"]) == 2


def test_a_pair_keeps_what_each_rater_said_of_its_answers_and_who_it_was(bench: Bench) -> None:
    bench.prompt("q", "a", "b", "c")
    said = {"a": {"overall": "Best."}, "b": {"correctness": "off"}, "c": {"overall": "Unheard."}}
    ranked = bench.vote("q", tiers=[["a"], ["b"]], rationale="a counts right")
    spoken = [
        Answer(candidate_id=bench.answer("q", text), rationales=reasons)
        for text, reasons in said.items()
    ]
    bench.events[0] = ranked.model_copy(update={"answers": tuple(spoken)})
    bench.vote("q", "judge:gemini", tiers=[["a"], ["b"]], rationale="clearer")
    (row,) = rows(bench.build("pairs.policy=all-ranked"), "pairs")
    found = [(it["kind"], it["rater"], it["metric"], it["text"]) for it in row["rationales"]]
    assert sorted(found, key=str) == [
        ("human", "anna", "correctness", "off"),
        ("human", "anna", None, "Best."),
        ("human", "anna", None, "a counts right"),
    ]
