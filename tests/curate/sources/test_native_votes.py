from typing import Any

import pytest

from curate.sources.native_votes import failure_of, ranking_of, rating_of, scales_of
from curate.sources.shaping import BadRowError


def test_rater_and_kind_are_source_where_they_are_not_said() -> None:
    rating, ranking = rating_of({"overall": 3}, "x"), ranking_of({"tiers": [[0]]}, "x")
    assert (rating.rater, rating.kind) == ("source", "source")
    assert (ranking.rater, ranking.kind, ranking.verdict) == ("source", "source", "ranked")


def test_null_score_is_no_score() -> None:
    assert rating_of({"helpfulness": None, "ethics": 5}, "x").scores == {"ethics": 5}


def test_score_of_any_type_is_left_to_ingest() -> None:
    assert rating_of({"ethics": "N/A"}, "x").scores == {"ethics": "N/A"}


def test_names_of_metrics_become_lower_snake_case_in_scores_reasons_and_scales() -> None:
    rating = rating_of({"Visual Faithfulness": 3, "rationales": {"Visual Faithfulness": "w"}}, "x")
    assert rating.scores == {"visual_faithfulness": 3}
    assert rating.rationales == {"visual_faithfulness": "w"}
    assert scales_of({"Visual Faithfulness": [1, 5]}) == {"visual_faithfulness": (1, 5)}


def test_verdict_may_stand_without_tiers() -> None:
    ranking = ranking_of({"verdict": "all_bad", "confirmed": False}, "x")
    assert (ranking.tiers, ranking.verdict, ranking.confirmed) == ([], "all_bad", False)


@pytest.mark.parametrize(
    ("read", "value", "what"),
    [
        (rating_of, 7, "x is int 7"),
        (rating_of, {"kind": "person", "a": 1}, "x.kind is 'person'"),
        (rating_of, {"Ethics": 1, "ethics": 2}, "names the metric 'ethics' twice"),
        (rating_of, {"--": 1}, "has a metric named '--'"),
        (rating_of, {"position": -1}, "x.position is int -1"),
        (rating_of, {"position": True}, "x.position is bool"),
        (rating_of, {"rationales": {"a": 3}}, "x.rationales.a is int 3"),
        (rating_of, {"rationale": "a", "rationales": {"overall": "b"}}, "both rationale and"),
        (ranking_of, {}, "neither tiers nor verdict"),
        (ranking_of, {"tiers": [0, 1]}, "x.tiers[0] is int 0, not a list"),
        (ranking_of, {"tiers": [["0"]]}, "x.tiers[0] is str '0', not an index"),
        (ranking_of, {"tiers": [[True]]}, "not an index"),
        (ranking_of, {"tiers": [[-1]]}, "not an index"),
        (ranking_of, {"tiers": [[0]], "verdict": "tied"}, "x.verdict is 'tied'"),
        (ranking_of, {"tiers": [[0]], "confirmed": 1}, "x.confirmed is int 1"),
        (failure_of, {"rater": "j"}, "x has no reason"),
        (failure_of, {"reason": "blocked", "detail": 3}, "x.detail is int 3"),
    ],
)
def test_vote_that_does_not_fit_is_named_by_its_place(read: Any, value: Any, what: str) -> None:
    with pytest.raises(BadRowError) as raised:
        read(value, "x")
    assert what in raised.value.detail


@pytest.mark.parametrize(
    "value",
    [
        [0, 4],
        {"a": 4},
        {"a": [0]},
        {"a": [4, 0]},
        {"a": [0, 0]},
        {"a": ["0", "4"]},
        {"a": [0, float("nan")]},
        {"a": [0, float("inf")]},
        {"a": [False, True]},
    ],
)
def test_scale_that_is_no_range_is_a_bad_type(value: Any) -> None:
    with pytest.raises(BadRowError, match="scales"):
        scales_of(value)


def test_no_scales_mean_the_workspaces_rubric() -> None:
    assert scales_of(None) is None
