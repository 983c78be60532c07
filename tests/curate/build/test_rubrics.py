"""DESIGN 4, rubric: what is comparable, what is accepted, and what stands in for it."""

from typing import Any

from schemas.rubric import rubric_id_of
from tests.support.workspaces import Bench, five, only, outcome, reasons, rows

SOURCE = rubric_id_of({"style": (0, 100)})
METRICS = ("helpfulness", "correctness", "coherence", "complexity", "verbosity")
WIDE = rubric_id_of(dict.fromkeys(METRICS, (1, 5)))
TEN: dict[str, Any] = {"rubric_id": SOURCE, "overall_scale": (1, 10)}
ALL = ("pairs.policy=all-ranked",)


def overall(score: float) -> dict[str, float]:
    """A source's scores: its own metric, which is no metric of ours, and its overall."""
    return {"style": 50.0, "overall": score}


def test_all_wordings_of_one_rubric_id_count_and_are_reported(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    for number, wording in enumerate(["first", "first", "second"]):
        scores = {"a": five(9), "b": five(6)}
        bench.vote("q", f"human:{number}", scores, rubric_hash=wording)
    report = bench.build()
    assert only(report)["n_raters"] == 3
    assert report.manifest.rubric_hashes == {"first": 2, "second": 1}


def test_another_rubric_counts_only_where_it_is_accepted(bench: Bench) -> None:
    """On 1 to 5 the span is 3 * 4 = 12 as well; 5 - 3 on three metrics is 6."""
    bench.prompt("q", "a", "b")
    bench.vote("q", scores={"a": 5, "b": 3}, rubric_id=WIDE)
    refused = bench.build()
    assert reasons(refused, "prompt") == ["unrated"]
    row = only(bench.build(f'score.accept_rubrics=["{WIDE}"]'))
    assert (row["chosen"], row["margin_raw"], row["margin"]) == ("a", 6.0, 0.5)


def test_an_accepted_rubric_is_never_subtracted_from_the_workspaces_own(bench: Bench) -> None:
    """a has 15 on 1 to 5 and b 12 on 0 to 4, each alone by one pointwise judge."""
    bench.prompt("q", "a", "b")
    bench.vote("q", "judge:gemini", {"a": 5}, rubric_id=WIDE)
    bench.vote("q", "judge:gemini", {"b": 4})
    report = bench.build(f'score.accept_rubrics=["{WIDE}"]')
    assert reasons(report, "prompt") == ["unrated"]


def test_differences_on_two_accepted_rubrics_are_averaged(bench: Bench) -> None:
    """D = 6 on 1 to 5 and 3 on 0 to 4 by one rater: 4.5, and d = (6/12 + 3/12) / 2."""
    bench.prompt("q", "a", "b")
    bench.vote("q", scores={"a": 5, "b": 3}, rubric_id=WIDE)
    bench.vote("q", scores={"a": 4, "b": 3})
    row = only(bench.build(f'score.accept_rubrics=["{WIDE}"]'))
    assert (row["margin_raw"], row["margin"], row["n_raters"]) == (4.5, 0.375, 1)


def test_metrics_given_one_by_one_are_not_read_by_another_accepted_rubric(bench: Bench) -> None:
    """The other rubric has one metric more, before all of ours: its lists stand one place on."""
    more = rubric_id_of(dict.fromkeys(("accuracy", *METRICS), (0, 4)))
    bench.prompt("q", "a", "b")
    bench.prompt("r", "c", "d")
    for metric, score in zip(METRICS, (4.0, 3.0, 2.0, 1.0, 0.0), strict=True):
        bench.vote("q", "human:anna", {"a": {metric: score}})
        bench.vote("q", "human:anna", {"b": {metric: score / 2}})
    scores = {
        answer: dict.fromkeys(("accuracy", *METRICS), 4.0 - n) for n, answer in enumerate("cd")
    }
    bench.vote("r", "human:anna", scores, rubric_id=more)
    report = bench.build(f'score.accept_rubrics=["{more}"]')
    assert outcome(report) == {("a", "b"), ("c", "d")}


def test_a_prompt_without_votes_by_the_rubric_is_paired_from_the_overall(bench: Bench) -> None:
    """9 against 6 on 1 to 10: unscaled 3 points, a third of the widest difference 9."""
    bench.prompt("q", "a", "b")
    bench.vote("q", "source:set", {"a": overall(9), "b": overall(6)}, **TEN)
    row = only(bench.build())
    assert (row["chosen"], row["margin_raw"], row["margin"]) == ("a", 3.0, 0.333333)
    assert float(row["chosen_scores"]["overall"]) == 9.0


def test_an_overall_told_twice_differently_takes_none_from_another_source(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", "source:one", {"a": overall(9)}, **TEN)
    bench.vote("q", "source:one", {"a": overall(2)}, **TEN)
    bench.vote("q", "source:two", {"a": overall(9), "b": overall(6)}, **TEN)
    (row,) = rows(bench.build(), "pairs")
    assert (row["chosen"], float(row["margin_raw"]), row["n_raters"]) == ("a", 3.0, 1)


def test_min_margin_is_then_in_points_of_the_overall(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", "source:set", {"a": overall(8), "b": overall(6)}, **TEN)
    assert outcome(bench.build("pairs.min_margin=2")) == {("a", "b")}
    assert reasons(bench.build("pairs.min_margin=3")) == ["below_margin"]


def test_the_overall_is_not_looked_at_where_the_prompt_has_votes_by_the_rubric(
    bench: Bench,
) -> None:
    """(a, b) was scored by the rubric; the overall of b and c gives no pair on this prompt."""
    bench.prompt("q", "a", "b", "c")
    bench.vote("q", "judge:gemini", {"a": five(9), "b": five(6)})
    source = {"a": overall(1), "b": overall(10), "c": overall(4)}
    bench.vote("q", "source:set", source, **TEN)
    assert outcome(bench.build(*ALL)) == {("a", "b")}


def test_the_overall_of_one_prompt_stands_beside_the_rubric_of_another(bench: Bench) -> None:
    bench.prompt("rubric", "a", "b")
    bench.vote("rubric", scores={"a": five(9), "b": five(6)})
    bench.prompt("overall", "c", "d")
    bench.vote("overall", "source:set", {"c": overall(9), "d": overall(6)}, **TEN)
    assert outcome(bench.build()) == {("a", "b"), ("c", "d")}


def test_without_an_overall_the_prompt_is_unrated_and_its_rubric_is_named(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    scores = {"a": {"style": 90.0}, "b": {"style": 10.0}}
    bench.vote("q", "source:set", scores, rubric_id=SOURCE)
    (row,) = rows(bench.build(), "dropped")
    assert (row["level"], row["reason"]) == ("prompt", "unrated")
    assert row["detail"] == "scores only by another rubric: style:0:100"


def test_an_event_with_only_a_ranking_belongs_to_every_rubric(bench: Bench) -> None:
    """Its rubric_id is another's, but nothing in it is on a scale."""
    bench.prompt("q", "a", "b")
    bench.vote("q", "human:anna", tiers=[["a"], ["b"]], rubric_id=SOURCE)
    assert outcome(bench.build()) == {("a", "b")}


def test_a_ranking_with_scores_belongs_to_the_rubric_of_its_scores(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    scores = {"a": {"style": 90.0}, "b": {"style": 10.0}}
    bench.vote("q", "source:set", scores, tiers=[["a"], ["b"]], rubric_id=SOURCE)
    assert reasons(bench.build(), "prompt") == ["unrated"]


def test_a_ranking_beside_an_overall_is_held_against_it(bench: Bench) -> None:
    """Overall a above b, ranked b above a: a conflict as on the rubric."""
    bench.prompt("q", "a", "b")
    scores = {"a": overall(9), "b": overall(6)}
    bench.vote("q", "source:set", scores, tiers=[["b"], ["a"]], **TEN)
    assert reasons(bench.build()) == ["conflict"]


def test_ratings_keep_their_own_scale_in_the_scores(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", "source:set", {"a": {"style": 90.0}, "b": {"style": 10.0}}, rubric_id=SOURCE)
    found = {row["candidate_id"]: row for row in rows(bench.build(), "scores")}
    row = found[bench.candidates["q", "a"].candidate_id]
    assert (row["metric"], float(row["value"]), row["rubric_id"]) == ("style", 90.0, SOURCE)
