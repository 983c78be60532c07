from typing import Any

import pytest

from curate.sources.helpsteer3 import LAYOUT
from curate.sources.record import SourceRecord
from tests.support.layout_examples import HELPSTEER3, message
from tests.support.source_input import reason_of, record_of, texts_of


def voted(*scores: Any, **changes: Any) -> SourceRecord:
    votes = [{"score": score, "reasoning": None} for score in scores]
    return record_of(LAYOUT, {**HELPSTEER3, "individual_preference": votes, **changes})


def points(record: SourceRecord) -> list[tuple[str, Any, Any]]:
    first, second = (answer.ratings for answer in record.responses)
    return [
        (one.rater, one.scores["overall"], other.scores["overall"])
        for one, other in zip(first, second, strict=True)
    ]


def test_each_person_is_a_rater_by_place() -> None:
    record = record_of(LAYOUT, HELPSTEER3)
    assert texts_of(record) == ["Seven.", "Nine."]
    assert points(record) == [("helpsteer3-1", 3, 0), ("helpsteer3-2", 0, 0)]
    assert {rating.kind for answer in record.responses for rating in answer.ratings} == {"human"}


@pytest.mark.parametrize(
    ("score", "first", "second"), [(-3, 3, 0), (-1, 1, 0), (0, 0, 0), (2, 0, 2)]
)
def test_negative_preference_is_for_the_first_response(score: int, first: int, second: int) -> None:
    assert points(voted(score)) == [("helpsteer3-1", first, second)]


def test_reasoning_and_feedback_are_the_reasons() -> None:
    record = record_of(LAYOUT, HELPSTEER3)
    reasons = [[dict(one.rationales) for one in answer.ratings] for answer in record.responses]
    assert reasons[0] == [{"overall": "nine is none\n\nright"}, {"overall": "both short"}]
    assert reasons[1][0] == {"overall": "nine is none\n\nwrong"}


def test_scale_and_attributes_are_the_sets_own() -> None:
    record = record_of(LAYOUT, HELPSTEER3)
    assert record.scales == {"overall": (0, 3)}
    assert record.attributes == {
        "domain": "general",
        "language": "english",
        "overall_preference": "-2",
    }


def test_overall_preference_counts_where_no_person_is_listed() -> None:
    assert points(voted()) == [("helpsteer3", 2, 0)]
    assert points(voted(overall_preference=None)) == []


def test_vote_that_is_no_number_is_a_failure_and_the_places_stay() -> None:
    record = voted("much", 1)
    [failure] = record.failures
    assert (failure.reason, failure.rater, failure.kind) == ("unparsable", "helpsteer3-1", "human")
    assert points(record) == [("helpsteer3-2", 0, 1)]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"context": []}, "empty_prompt"),
        ({"context": "Name a prime."}, "bad_type"),
        ({"context": [message("assistant", "Hello.")]}, "bad_type"),
        ({"response1": 3}, "bad_type"),
        ({"individual_preference": {"score": 1}}, "bad_type"),
    ],
)
def test_row_that_does_not_fit_is_dropped(changes: dict[str, Any], reason: str) -> None:
    assert reason_of(LAYOUT, {**HELPSTEER3, **changes}) == reason
