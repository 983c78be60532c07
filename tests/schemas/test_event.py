"""An event is one consistent judgement, or it is none."""

from typing import Any

import pytest
from pydantic import ValidationError

from schemas.event import Answer, Event, Rater
from tests.support.examples import FIRST, NOON, PROMPT_ID, SECOND, vote


def _event(**changes: Any) -> Event:
    fields = {
        "event_id": "0" * 32,
        "at": NOON,
        "prompt_id": PROMPT_ID,
        "rater": {"kind": "human", "id": "h-1"},
    }
    return Event.model_validate(fields | changes)


def test_an_event_needs_no_scores() -> None:
    event = _event(tiers=[[FIRST], [SECOND]])
    assert event.tiers == ((FIRST,), (SECOND,))
    assert event.rubric_id is None


def test_an_answer_is_scored_once() -> None:
    answer = {"candidate_id": FIRST}
    with pytest.raises(ValidationError, match="listed twice"):
        _event(answers=[answer, answer])


def test_an_answer_stands_in_one_tier() -> None:
    with pytest.raises(ValidationError, match="two tiers"):
        _event(tiers=[[FIRST, SECOND], [FIRST]])


def test_scores_need_a_rubric_to_be_read_by() -> None:
    scored = [{"candidate_id": FIRST, "scores": {"helpfulness": 3}}]
    with pytest.raises(ValidationError, match="without rubric_id"):
        _event(answers=scored)
    assert _event(answers=scored, rubric_id="helpfulness:0:4").answers[0].scores


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
def test_a_time_that_no_table_can_hold_is_refused(at: str) -> None:
    with pytest.raises(ValidationError, match="a time that no year of UTC holds"):
        _event(at=at)
    assert _event(at=at[:-6] + "Z").at.year in (1, 9999)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValidationError, match="timezone"):
        _event(at="2026-01-01T12:00:00")


@pytest.mark.parametrize("reason", ["", "quota", "Blocked"])
def test_a_failure_has_a_known_reason(reason: str) -> None:
    with pytest.raises(ValidationError, match="blocked"):
        _event(failure={"reason": reason})


@pytest.mark.parametrize("score", ["NaN", "Infinity"])
def test_a_score_is_a_finite_number(score: str) -> None:
    with pytest.raises(ValidationError, match="finite"):
        Answer.model_validate({"candidate_id": FIRST, "scores": {"helpfulness": score}})


def test_a_rater_has_a_name() -> None:
    with pytest.raises(ValidationError, match="at least 1"):
        Rater(kind="judge", id="")


def test_positions_count_from_nought() -> None:
    assert [answer.position for answer in vote().answers] == [0, 1]
    with pytest.raises(ValidationError, match="greater than or equal to 0"):
        Answer(candidate_id=FIRST, position=-1)


@pytest.mark.parametrize(
    "vote",
    [
        {"tiers": [[FIRST], [SECOND]]},
        {"verdict": "tie"},
        {"final": True},
        {"answers": [{"candidate_id": FIRST}]},
    ],
    ids=["tiers", "verdict", "final", "answers"],
)
def test_a_review_is_no_vote(vote: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="a review that votes"):
        _event(reviews="e" * 32, **vote)


JUDGE = {"kind": "judge", "id": "gemini/x"}


def test_a_judge_words_a_persons_reason_anew() -> None:
    said = [{"candidate_id": FIRST, "rationales": {"overall": "In full."}}]
    event = _event(expands="e" * 32, rater=JUDGE, answers=said, flags=["checked"])
    assert (event.expands, event.answers[0].rationales) == ("e" * 32, {"overall": "In full."})


@pytest.mark.parametrize(
    "vote",
    [
        {"tiers": [[FIRST], [SECOND]]},
        {"verdict": "tie"},
        {"final": True},
        {"reviews": "f" * 32},
        {"rationale": "the first is better"},
        {"answers": [{"candidate_id": FIRST, "scores": {"a": 1}}], "rubric_id": "a:0:1"},
        {"rater": {"kind": "human", "id": "h-1"}},
        {"rater": {"kind": "reward_model", "id": "r"}},
    ],
)
def test_an_expansion_is_a_judges_and_no_vote(vote: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="an expansion that votes"):
        _event(**{"expands": "e" * 32, "rater": JUDGE, **vote})
