"""Votes that cannot count leave with a reason, and the rest of their event stays."""

import pytest

from schemas.base import content_id
from tests.support.workspaces import Bench, five, outcome, reasons, rows

ALL = ("pairs.policy=all-ranked", "pairs.min_margin=0")


@pytest.mark.parametrize("score", [-1.0, 4.5, 5.0, 1e300])
def test_a_rating_off_its_own_scale_is_dropped(bench: Bench, score: float) -> None:
    """The answer lacks a weighted metric then; the two others are still compared."""
    bench.prompt("q", "a", "b", "c")
    bench.vote("q", scores={"a": five(9), "b": {**five(9), "helpfulness": score}, "c": five(6)})
    report = bench.build(*ALL)
    assert outcome(report) == {("a", "c")}
    (row,) = (row for row in rows(report, "dropped") if row["level"] == "row")
    assert (row["reason"], row["source"]) == ("out_of_scale", "anna")
    assert row["other_id"] == bench.candidates["q", "b"].candidate_id
    assert row["detail"].startswith("helpfulness = ")


def test_a_score_between_the_steps_is_on_the_scale(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", scores={"a": 3.5, "b": 3.25})
    (row,) = rows(bench.build(*ALL), "pairs")
    assert float(row["margin_raw"]) == 0.75


def test_a_metric_that_the_rubric_does_not_have_is_off_every_scale(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", scores={"a": {**five(9), "charm": 1.0}, "b": five(6)})
    report = bench.build(*ALL)
    assert outcome(report) == {("a", "b")}
    assert reasons(report, "row") == ["out_of_scale"]


def test_a_rating_of_another_prompts_answer_is_a_mismatch(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.prompt("other", "x")
    elsewhere = bench.candidates["other", "x"]
    bench.candidates["q", "x"] = elsewhere
    bench.vote("q", scores={"a": five(9), "x": five(0), "b": five(6)}, tiers=[["a"], ["b"], ["x"]])
    del bench.candidates["q", "x"]
    report = bench.build(*ALL)
    assert outcome(report) == {("a", "b")}
    assert reasons(report, "row") == ["mismatched_prompt"] * 6
    found = {row["other_id"] for row in rows(report, "dropped") if row["level"] == "row"}
    assert found == {elsewhere.candidate_id}


def test_a_vote_on_an_answer_that_nobody_pulled_is_a_mismatch(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", tiers=[["a"], ["gone"], ["b"]])
    report = bench.build()
    assert outcome(report) == {("a", "b")}
    assert reasons(report, "row") == ["mismatched_prompt"]
    (row,) = rows(report, "pairs")
    assert float(row["tier_gap"]) == 2.0


def test_a_vote_on_a_prompt_that_no_pull_has_is_reported_and_warned_of(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", scores={"a": five(9), "b": five(6)})
    bench.vote("q", scores={"a": five(9), "b": five(6)}, prompt_id=content_id("nowhere"))
    report = bench.build()
    assert reasons(report, "row") == ["mismatched_prompt"]
    assert "1 vote is on a prompt that no pull has" in report.manifest.warnings


def test_a_vote_that_was_taken_back_is_not_reported_even_on_an_unknown_prompt(
    bench: Bench,
) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", scores={"a": five(9), "b": five(6)})
    lost = bench.vote("q", scores={"a": five(9)}, prompt_id=content_id("nowhere"))
    bench.vote("q", prompt_id=lost.prompt_id, supersedes=lost.event_id, deleted=True)
    report = bench.build()
    assert reasons(report, "row") == []
    assert report.manifest.warnings == ()


def test_a_pointwise_score_told_twice_differently_counts_in_neither_form(bench: Bench) -> None:
    """Both of a's ratings leave, all five metrics of each; b and c are still compared."""
    bench.prompt("q", "a", "b", "c")
    bench.vote("q", "human:anna", {"a": five(12)})
    bench.vote("q", "human:anna", {"a": {**five(12), "helpfulness": 1.0}})
    bench.vote("q", "human:anna", {"b": five(9)})
    bench.vote("q", "human:anna", {"c": five(6)})
    report = bench.build(*ALL)
    assert outcome(report) == {("b", "c")}
    assert reasons(report, "row") == ["contradiction"] * 10


def test_a_pointwise_score_told_twice_alike_counts_once(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    for _ in range(2):
        bench.vote("q", "human:anna", {"a": five(9)})
        bench.vote("q", "human:anna", {"b": five(6)})
    report = bench.build()
    (row,) = rows(report, "pairs")
    assert (float(row["margin_raw"]), row["n_raters"]) == (3.0, 1)
    assert reasons(report, "row") == []


def test_two_calls_that_disagree_are_averaged_and_no_contradiction(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", "judge:gemini", {"a": five(9), "b": five(6)})
    bench.vote("q", "judge:gemini", {"a": five(6), "b": five(7)})
    report = bench.build(*ALL)
    (row,) = rows(report, "pairs")
    assert (row["chosen"], float(row["margin_raw"])) == ("a", 1.0)
    assert reasons(report, "row") == []


def test_a_failure_is_no_vote_and_no_low_score(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", "judge:gemini", failure={"reason": "blocked", "detail": "safety"})
    report = bench.build()
    assert reasons(report, "prompt") == ["unrated"]
    assert rows(report, "scores") == []
