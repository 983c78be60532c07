"""DESIGN 5.1: differences are taken within one event and averaged over a rater's events."""

from typing import Any

import pytest

from schemas.rubric import rubric_id_of
from tests.support.workspaces import Bench, five, only, outcome, reasons, rows


def test_a_lenient_and_a_strict_rater_who_agree_give_the_pair_either_gives_alone(
    bench: Bench,
) -> None:
    """4-3 and 1-0 on three metrics are both 3 points, though the strict one's best is below 3."""
    bench.prompt("both", "good", "bad")
    bench.vote("both", "human:lenient", {"good": 4, "bad": 3})
    bench.vote("both", "human:strict", {"good": 1, "bad": 0})
    bench.prompt("lenient", "good", "bad")
    bench.vote("lenient", "human:lenient", {"good": 4, "bad": 3})
    bench.prompt("strict", "good", "bad")
    bench.vote("strict", "human:strict", {"good": 1, "bad": 0})
    found = rows(bench.build(), "pairs")
    assert [(row["chosen"], float(row["margin_raw"]), float(row["margin"])) for row in found] == [
        ("good", 3.0, 0.25)
    ] * 3


def test_a_strict_score_is_never_taken_from_a_lenient_one(bench: Bench) -> None:
    """The strict person saw A alone (9), the lenient one B alone (10): nobody compared them."""
    bench.prompt("q", "a", "b")
    bench.vote("q", "human:strict", {"a": five(9)})
    bench.vote("q", "human:lenient", {"b": five(10)})
    report = bench.build("pairs.min_margin=0")
    assert outcome(report) == set()
    assert reasons(report, "prompt") == ["unrated"]


def test_scores_of_two_calls_of_a_judge_are_never_subtracted(bench: Bench) -> None:
    """a 12 and b 6 in one call, c 0 and d 6 in the next: (a, c) and five more are no pairs."""
    bench.prompt("q", "a", "b", "c", "d")
    bench.vote("q", "judge:gemini", {"a": five(12), "b": five(6)})
    bench.vote("q", "judge:gemini", {"c": five(0), "d": five(6)})
    report = bench.build("pairs.policy=all-ranked")
    assert outcome(report) == {("a", "b"), ("d", "c")}


def test_a_raters_difference_is_the_mean_over_the_events_that_have_both(bench: Bench) -> None:
    """D = 3 in the first order, 1 in the second, and a third call that has a alone: D = 2."""
    bench.prompt("q", "a", "b", "c")
    bench.vote("q", "judge:gemini", {"a": five(9), "b": five(6)})
    bench.vote("q", "judge:gemini", {"b": five(6), "a": five(7)})
    bench.vote("q", "judge:gemini", {"a": five(0), "c": five(0)})
    report = bench.build("pairs.policy=all-ranked")
    row = only(report)
    assert (row["chosen"], row["margin_raw"], row["n_raters"]) == ("a", 2.0, 1)
    assert row["margin"] == pytest.approx(2 / 12, abs=1e-6)


def test_a_person_on_1_to_5_and_a_judge_on_0_to_4_are_never_mixed(bench: Bench) -> None:
    """The person's 5 against the judge's 4 is no difference, and the other scale is no vote."""
    bench.prompt("q", "a", "b")
    metrics = ("helpfulness", "correctness", "coherence", "complexity", "verbosity")
    one_to_five = rubric_id_of(dict.fromkeys(metrics, (1, 5)))
    bench.vote("q", "human:anna", {"a": 5, "b": 1}, rubric_id=one_to_five)
    bench.vote("q", "judge:gemini", {"a": five(6), "b": five(9)})
    row = only(bench.build())
    assert (row["chosen"], row["margin_raw"], row["level"]) == ("b", 3.0, "judge")


def test_pointwise_ratings_of_one_rater_count_as_one_event(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", "judge:gemini", {"a": five(9)}, version="001", rubric_hash="w")
    bench.vote("q", "judge:gemini", {"b": five(6)}, version="001", rubric_hash="w")
    assert only(bench.build())["margin_raw"] == 3.0


def test_a_pointwise_rater_who_scores_metric_by_metric_has_one_event_too(bench: Bench) -> None:
    """Four calls: the ratings of one prompt, same version, wording and sample, are one event."""
    bench.prompt("q", "a", "b")
    for answer, score in {"a": 4.0, "b": 2.0}.items():
        bench.vote("q", "judge:gemini", {answer: {"helpfulness": score}})
        bench.vote("q", "judge:gemini", {answer: {"correctness": score, "coherence": score}})
    assert only(bench.build())["margin_raw"] == 6.0


@pytest.mark.parametrize(
    "difference", [{"version": "002"}, {"rubric_hash": "other"}, {"sample": 1}]
)
def test_pointwise_ratings_of_another_version_wording_or_sample_are_another_event(
    bench: Bench, difference: dict[str, Any]
) -> None:
    same: dict[str, Any] = {"version": "001", "rubric_hash": "w", "sample": 0}
    bench.prompt("q", "a", "b")
    bench.vote("q", "judge:gemini", {"a": five(9)}, **same)
    bench.vote("q", "judge:gemini", {"b": five(6)}, **{**same, **difference})
    report = bench.build()
    assert outcome(report) == set()
    assert reasons(report, "prompt") == ["unrated"]


def test_pointwise_ratings_of_two_raters_are_two_events(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", "judge:gemini", {"a": five(9)})
    bench.vote("q", "judge:other", {"b": five(6)})
    assert reasons(bench.build(), "prompt") == ["unrated"]


def test_samples_of_a_pointwise_judge_are_averaged(bench: Bench) -> None:
    """Sample 0 says 9 - 6 = 3, sample 1 says 12 - 6 = 6: D = 4.5."""
    bench.prompt("q", "a", "b")
    for sample, (a, b) in enumerate([(9, 6), (12, 6)]):
        bench.vote("q", "judge:gemini", {"a": five(a)}, sample=sample)
        bench.vote("q", "judge:gemini", {"b": five(b)}, sample=sample)
    assert only(bench.build())["margin_raw"] == 4.5


def test_an_answer_without_a_weighted_metric_has_no_difference(bench: Bench) -> None:
    """b lacks coherence: it is not taken as 0, and (a, c) stands."""
    bench.prompt("q", "a", "b", "c")
    incomplete = {"helpfulness": 0.0, "correctness": 0.0}
    bench.vote("q", scores={"a": five(12), "b": incomplete, "c": five(6)})
    assert outcome(bench.build("pairs.policy=all-ranked")) == {("a", "c")}


def test_a_metric_of_weight_0_may_be_missing(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    weighted = ("helpfulness", "correctness", "coherence")
    bench.vote("q", scores={"a": dict.fromkeys(weighted, 4.0), "b": dict.fromkeys(weighted, 3.0)})
    assert only(bench.build())["margin_raw"] == 3.0


def test_weights_multiply_the_points_and_the_span(bench: Bench) -> None:
    """Weights 2, 1, 0.5, 0, 1: D = 2*1 + 1*(-2) + 0.5*3 + 1*2 = 3.5; span = 4.5 * 4 = 18."""
    bench.prompt("q", "a", "b")
    names = ("helpfulness", "correctness", "coherence", "complexity", "verbosity")
    a, b = (dict(zip(names, row, strict=True)) for row in ([3, 1, 4, 0, 3], [2, 3, 1, 4, 1]))
    bench.vote("q", scores={"a": a, "b": b})
    row = only(
        bench.build("score.weights.helpfulness=2", "score.weights.coherence=0.5",
                    "score.weights.verbosity=1")
    )  # fmt: skip
    assert (row["chosen"], row["margin_raw"]) == ("a", 3.5)
    assert row["margin"] == pytest.approx(3.5 / 18, abs=1e-6)


def test_a_pointwise_rating_never_joins_a_listwise_event(bench: Bench) -> None:
    """One call has a 9 and b 6, another c 0 alone: c was compared with neither."""
    bench.prompt("q", "a", "b", "c")
    bench.vote("q", "judge:gemini", {"a": five(9), "b": five(6)})
    bench.vote("q", "judge:gemini", {"c": five(0)})
    assert outcome(bench.build("pairs.policy=all-ranked")) == {("a", "b")}


def test_pointwise_overalls_on_two_scales_are_never_subtracted(bench: Bench) -> None:
    """8 of 10 and 60 of 100 by one source: nothing says which is better."""
    bench.prompt("q", "a", "b")
    bench.vote("q", "source:set", {"a": {"overall": 8}}, rubric_id="x:0:1", overall_scale=(0, 10))
    bench.vote("q", "source:set", {"b": {"overall": 60}}, rubric_id="x:0:1", overall_scale=(0, 100))
    assert reasons(bench.build(), "prompt") == ["unrated"]
