"""Ratings, rankings and failures of a record as events, and what of them cannot be used."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.sources.record import SourceFailure, SourceRating, SourceResponse
from schemas.event import Event
from tests.support.records import (
    INGEST,
    NOW,
    RUBRIC,
    details,
    drops,
    ingested,
    ranking,
    rated,
    record,
)

SCALES = {"helpfulness": (1, 5), "overall": (1, 10)}


def only_event(given_record: Any) -> Event:
    found = ingested(given_record)
    assert drops(found) == []
    (event,) = found.events
    return event


def scores_of(event: Event) -> list[dict[str, float]]:
    return [answer.scores for answer in event.answers]


def test_one_raters_scores_of_all_answers_are_one_event() -> None:
    event = only_event(record(answers=[rated("A", helpfulness=4), rated("B", helpfulness=1)]))
    assert sorted(map(str, scores_of(event))) == ["{'helpfulness': 1.0}", "{'helpfulness': 4.0}"]
    assert (event.rater.kind, event.rater.id, event.at) == ("human", "anna", NOW)
    assert (event.rubric_id, event.rubric_hash) == (RUBRIC.rubric_id, RUBRIC.rubric_hash)
    assert (event.tiers, event.verdict, event.overall_scale) == (None, None, None)


def test_each_rater_has_an_event() -> None:
    found = ingested(
        record(answers=[rated("A", "anna", helpfulness=4), rated("B", "ben", helpfulness=1)])
    )
    assert sorted(event.rater.id for event in found.events) == ["anna", "ben"]


def test_judge_versions_are_raters_apart() -> None:
    ratings = [SourceRating("g", "judge", version, {"helpfulness": 1}) for version in ("1", "2")]
    found = ingested(record(answers=[SourceResponse("A", ratings=ratings)]))
    assert sorted(str(event.rater.version) for event in found.events) == ["1", "2"]


def test_raters_ratings_and_its_one_ranking_are_one_event() -> None:
    event = only_event(
        record(
            answers=[rated("A", helpfulness=4), rated("B", helpfulness=1)],
            rankings=[ranking([0], [1], rationale="A is right")],
        )
    )
    names = {answer.candidate_id: answer.scores["helpfulness"] for answer in event.answers}
    assert event.tiers is not None
    assert [[names[one] for one in tier] for tier in event.tiers] == [[4.0], [1.0]]
    assert (event.verdict, event.confirmed, event.rationale) == ("ranked", True, "A is right")


@pytest.mark.parametrize(
    ("rankings", "separate"),
    [
        ([ranking([0], [1]), ranking([1], [0])], False),
        ([ranking([0], [1]), ranking([1], [0])], True),
    ],
)
def test_several_rankings_are_an_event_each_beside_the_ratings(
    rankings: list[Any],
    separate: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    found = ingested(
        record(answers=[rated("A", helpfulness=4), "B"], rankings=rankings, separate=separate)
    )
    assert sorted((bool(event.tiers), bool(event.answers)) for event in found.events) == [
        (False, True),
        (True, False),
        (True, False),
    ]


def test_separate_keeps_a_single_ranking_apart_from_the_ratings() -> None:
    found = ingested(
        record(
            answers=[rated("A", helpfulness=4), "B"], rankings=[ranking([0], [1])], separate=True
        )
    )
    assert len(found.events) == 2


def test_untouched_ranking_stays_unconfirmed() -> None:
    event = only_event(record(answers=["A", "B"], rankings=[ranking([0, 1], confirmed=False)]))
    assert not event.confirmed


def test_event_ids_are_content_without_the_clock() -> None:
    given_record = record(answers=[rated("A", helpfulness=4)], rankings=[])
    first = ingested(given_record).events
    later = ingested(given_record, ingest=replace(INGEST, at=NOW + timedelta(days=1))).events
    other = ingested(given_record, ingest=replace(INGEST, source="elsewhere")).events
    assert [event.event_id for event in first] == [event.event_id for event in later]
    assert [event.event_id for event in first] != [event.event_id for event in other]


def test_event_id_does_not_depend_on_the_order_of_answers_or_the_rubrics_wording() -> None:
    answers = [rated("A", helpfulness=4), rated("B", helpfulness=1)]
    reworded = replace(INGEST, rubric=RUBRIC.model_copy(update={"instructions": "other"}))
    ids = {
        ingested(record(answers=answers)).events[0].event_id,
        ingested(record(answers=answers[::-1])).events[0].event_id,
        ingested(record(answers=answers), ingest=reworded).events[0].event_id,
    }
    assert len(ids) == 1


def test_reasons_and_positions_are_kept() -> None:
    rating = SourceRating(
        "anna", "human", None, {"helpfulness": 3}, {"helpfulness": "short", "overall": " "}, 2
    )
    (answer,) = only_event(record(answers=[SourceResponse("A", ratings=[rating])])).answers
    assert (answer.rationales, answer.position) == ({"helpfulness": "short"}, 2)


def test_reasons_without_scores_need_no_rubric() -> None:
    rating = SourceRating("anna", "human", rationales={"overall": "clear"})
    event = only_event(record(answers=[SourceResponse("A", ratings=[rating])]))
    assert (event.rubric_id, event.answers[0].rationales) == (None, {"overall": "clear"})


def test_rating_without_any_score_is_no_event() -> None:
    assert ingested(record(answers=[rated("A", helpfulness=None)])).events == []


# Scales


def test_records_own_scales_make_its_rubric_with_the_overall_apart() -> None:
    event = only_event(record(answers=[rated("A", helpfulness=5, overall=9)], scales=SCALES))
    assert (event.rubric_id, event.rubric_hash) == ("helpfulness:1:5", None)
    assert event.overall_scale == (1.0, 10.0)
    assert scores_of(event) == [{"helpfulness": 5.0, "overall": 9.0}]


def test_overall_alone_is_a_rubric_of_its_own() -> None:
    event = only_event(record(answers=[rated("A", overall=9)], scales={"overall": (1, 10)}))
    assert (event.rubric_id, event.overall_scale) == ("overall:1:10", (1.0, 10.0))


def test_scales_like_the_workspaces_are_its_rubric_with_unknown_wording() -> None:
    scales = {metric.name: (metric.min, metric.max) for metric in RUBRIC.metric}
    event = only_event(record(answers=[rated("A", helpfulness=4)], scales=scales))
    assert (event.rubric_id, event.rubric_hash) == (RUBRIC.rubric_id, None)


@pytest.mark.parametrize("value", [5, -1, float("nan"), float("inf"), 10**400, 4.0001])
def test_score_outside_its_own_scale_leaves_and_the_answer_stays(value: Any) -> None:
    found = ingested(record(answers=[rated("A", helpfulness=value, correctness=2)]))
    (candidate,) = found.candidates
    assert drops(found) == [("row", candidate.candidate_id, "out_of_scale")]
    assert "'anna'" in details(found)
    assert "'helpfulness'" in details(found)
    assert scores_of(found.events[0]) == [{"correctness": 2.0}]


@pytest.mark.parametrize("value", ["4", True, [4], {"score": 4}, b"4"])
def test_score_that_is_no_number_is_of_a_bad_type(value: Any) -> None:
    found = ingested(record(answers=[rated("A", helpfulness=value)]))
    assert [drop[2] for drop in drops(found)] == ["bad_type"]
    assert not found.events


@pytest.mark.parametrize("value", [0, 4, 2.5, Decimal("3.25")])
def test_any_number_on_the_scale_is_a_score(value: Any) -> None:
    event = only_event(record(answers=[rated("A", helpfulness=value)]))
    assert scores_of(event) == [{"helpfulness": float(value)}]


def test_metric_the_rubric_does_not_know_is_named_with_the_nearest() -> None:
    found = ingested(record(answers=[rated("A", helpfullness=3)]))
    assert [drop[2] for drop in drops(found)] == ["bad_type"]
    assert "did you mean 'helpfulness'?" in details(found)
    assert "no scale known" in details(found)


def test_overall_without_a_scale_is_not_guessed() -> None:
    found = ingested(record(answers=[rated("A", overall=3)]))
    assert [drop[2] for drop in drops(found)] == ["bad_type"]


@pytest.mark.parametrize(
    "scales",
    [
        {},
        {"a": (1,)},
        {"a": (5, 1)},
        {"a": (1, 1)},
        {"a": ("1", 5)},
        {"a": (0, float("inf"))},
        {"a": 5},
        {"a,b": (1, 5)},
        {"a:b": (1, 5)},
        {"": (1, 5)},
        {"a\ud800": (1, 5)},
    ],
)
def test_scales_that_are_none_drop_the_ratings_and_keep_the_answers(scales: Any) -> None:
    found = ingested(record(answers=[rated("A", a=3)], scales=scales))
    assert len(found.candidates) == 1
    assert [drop[0] for drop in drops(found)] == ["row"]
    assert not found.events


# Contradictions


def test_equal_scores_of_one_text_given_twice_merge() -> None:
    event = only_event(record(answers=[rated("A", helpfulness=4), rated("A", helpfulness=4)]))
    assert scores_of(event) == [{"helpfulness": 4.0}]


def test_different_scores_of_one_text_by_one_rater_contradict_each_other() -> None:
    found = ingested(
        record(
            answers=[
                rated("A", helpfulness=4),
                rated("A", helpfulness=3),
                rated("B", helpfulness=1),
            ]
        )
    )
    torn = found.candidates[0].candidate_id
    assert drops(found) == [("row", torn, "contradiction")]
    assert [answer.candidate_id for answer in found.events[0].answers] == [
        found.candidates[1].candidate_id
    ]


def test_different_scores_of_two_raters_are_two_votes() -> None:
    found = ingested(
        record(answers=[rated("A", "anna", helpfulness=4), rated("A", "ben", helpfulness=1)])
    )
    assert drops(found) == []
    assert len(found.events) == 2


def test_response_rated_twice_by_one_rater_contradicts_itself() -> None:
    ratings = [SourceRating("anna", "human", None, {"helpfulness": score}) for score in (1, 4)]
    found = ingested(record(answers=[SourceResponse("A", ratings=ratings)]))
    assert [drop[2] for drop in drops(found)] == ["contradiction"]
    assert not found.events


# Rankings


@pytest.mark.parametrize(
    ("tiers", "reason"),
    [
        ([[0], [0]], "bad_type"),
        ([[0, 0], [1]], "bad_type"),
        ([[0], [3]], "bad_type"),
        ([[0], [-1]], "bad_type"),
        ([[0], [True]], "bad_type"),
        ([[0], ["1"]], "bad_type"),
        ([[0], 1], "bad_type"),
        (["01"], "bad_type"),
        ("01", "bad_type"),
        (5, "bad_type"),
        ([], "bad_type"),
        ([[0]], "bad_type"),
        ([[0], [2]], "contradiction"),
    ],
)
def test_order_that_cannot_be_leaves_and_the_answers_stay(tiers: Any, reason: str) -> None:
    order = replace(ranking(), tiers=tiers)
    found = ingested(record(answers=["A", "B", "A"], rankings=[order]))
    assert drops(found) == [("row", "a.jsonl:7", reason)]
    assert "'anna'" in details(found)
    assert len(found.candidates) == 2


def test_equal_texts_in_one_tier_are_one_answer() -> None:
    event = only_event(record(answers=["A", "B", "A"], rankings=[ranking([0, 2], [1])]))
    assert event.tiers is not None
    assert [len(tier) for tier in event.tiers] == [1, 1]


def test_dropped_answer_leaves_its_tier_and_the_others_keep_their_order() -> None:
    found = ingested(record(answers=["A", None, "B"], rankings=[ranking([0], [1], [2])]))
    ids = [one.candidate_id for one in found.candidates]
    assert found.events[0].tiers == ((ids[0],), (ids[1],))
    assert drops(found) == [("candidate", "a.jsonl:7#1", "empty_response")]


def test_comparison_with_a_dropped_answer_goes_for_the_same_reason() -> None:
    found = ingested(record(answers=["A", None], rankings=[ranking([0], [1])]))
    assert drops(found) == [
        ("candidate", "a.jsonl:7#1", "empty_response"),
        ("row", "a.jsonl:7", "empty_response"),
    ]
    assert not found.events


def test_verdict_without_tiers_is_kept() -> None:
    event = only_event(record(answers=["A", "B"], rankings=[ranking(verdict="all_bad")]))
    assert (event.tiers, event.verdict) == (None, "all_bad")


@pytest.mark.parametrize(
    "fields",
    [
        {"verdict": "best"},
        {"kind": "robot"},
        {"rater": ""},
        {"rater": 5},
        {"rationale": 5},
    ],
)
def test_ranking_with_a_wrong_field_is_dropped(fields: dict[str, Any]) -> None:
    found = ingested(record(answers=["A", "B"], rankings=[ranking([0], [1], **fields)]))
    assert [drop[2] for drop in drops(found)] == ["bad_type"]


@pytest.mark.parametrize(
    "rating",
    [
        SourceRating("anna", "robot", scores={"helpfulness": 1}),  # type: ignore[arg-type]
        SourceRating(" ", "human", scores={"helpfulness": 1}),
        SourceRating("\ud800", "human", scores={"helpfulness": 1}),
        SourceRating("anna", "human", rationales={"overall": 5}),  # type: ignore[dict-item]
        SourceRating("anna", "human", rationales={"overall": "\ud800"}),
        SourceRating("anna", "human", rationales={"\0": "x"}),
        SourceRating("anna", "human", position=-1),
        SourceRating("anna", "human", position=True),
    ],
)
def test_rating_with_a_wrong_field_is_dropped(rating: SourceRating) -> None:
    found = ingested(record(answers=[SourceResponse("A", ratings=[rating])]))
    assert [drop[0] for drop in drops(found)] == ["row"]
    assert not found.events


# Failures


def test_judgement_that_did_not_come_is_an_event_with_its_reason() -> None:
    event = only_event(
        record(answers=["A"], failures=[SourceFailure("blocked", "g", "judge", "safety")])
    )
    assert event.failure is not None
    assert (event.failure.reason, event.failure.detail) == ("blocked", "safety")
    assert (event.rater.kind, event.answers) == ("judge", ())


def test_failure_reason_outside_the_closed_set_is_dropped_with_a_hint() -> None:
    found = ingested(record(answers=["A"], failures=[SourceFailure("blockd")]))
    assert drops(found) == [("row", "a.jsonl:7", "bad_type")]
    assert "did you mean 'blocked'?" in details(found)


junk: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4)
)


@given(
    st.dictionaries(st.sampled_from(["helpfulness", "correctness", "odd", "overall"]), junk),
    st.none() | st.dictionaries(st.sampled_from(["helpfulness", "overall"]), st.tuples(junk, junk)),
    st.lists(st.lists(junk, max_size=3), max_size=3),
    junk,
)
def test_every_score_of_any_record_is_kept_or_dropped(
    scores: dict[str, Any], scales: Any, tiers: Any, reason: Any
) -> None:
    found = ingested(
        record(
            answers=[rated("A", **scores), "B"],
            rankings=[replace(ranking(), tiers=tiers)],
            failures=[SourceFailure(reason)],
            scales=scales,
        )
    )
    kept = sum(len(answer.scores) for event in found.events for answer in event.answers)
    ranked = sum(event.tiers is not None for event in found.events)
    given_scores = sum(value is not None for value in scores.values())
    assert kept + ranked + len(found.dropped) == given_scores + 2
