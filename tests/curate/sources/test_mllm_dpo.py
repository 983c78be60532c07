from typing import Any

import pytest

from curate.sources.mllm_dpo import LAYOUT
from curate.sources.record import SourceRecord
from tests.support.layout_examples import CANDIDATE, COMPARISON, turn
from tests.support.source_input import (
    media_in,
    read_rows,
    reason_of,
    record_of,
    scores_of,
    texts_of,
)

FIVE = {"helpfulness": 3, "correctness": 4, "coherence": 4, "complexity": 2, "verbosity": 1}


def candidate(text: str, **changes: Any) -> dict[str, Any]:
    return {**CANDIDATE, "cur_candidate_answer": text, **changes}


def test_candidates_of_an_image_and_question_are_one_record() -> None:
    record = record_of(LAYOUT, candidate("Red."), candidate("Blue.", Helpfulness=0))
    assert texts_of(record) == ["Red.", "Blue."]
    assert [score["helpfulness"] for score in scores_of(record)] == [3, 0]
    assert (record.key, record.attributes) == ("17", {"dataset": "lrv"})
    assert [medium.path for medium in media_in(record.turns)] == ["lrv/000017.jpg"]


def test_scores_are_by_the_judge_with_its_comment_and_the_sum_of_three() -> None:
    [answer] = record_of(LAYOUT, CANDIDATE).responses
    [rating] = answer.ratings
    assert (rating.rater, rating.kind) == ("gemini", "judge")
    assert rating.scores == {**FIVE, "overall": 11}
    assert rating.rationales == {"overall": "It names the right bar."}
    assert (answer.model, answer.key) == ("llava-13b", "x1")


def test_scales_are_zero_to_four_and_twelve_for_the_sum() -> None:
    assert record_of(LAYOUT, CANDIDATE).scales == {
        **dict.fromkeys(FIVE, (0, 4)),
        "overall": (0, 12),
    }


def test_answers_to_two_questions_on_one_image_do_not_meet() -> None:
    rows = [candidate("Red."), candidate("Low.", prompt="Which is lowest?"), candidate("Blue.")]
    records = [item for item in read_rows(LAYOUT, *rows) if isinstance(item, SourceRecord)]
    assert [texts_of(record) for record in records] == [["Low."], ["Red.", "Blue."]]


def test_table_without_types_is_read_alike() -> None:
    texts = {name: str(value) for name, value in CANDIDATE.items()}
    assert scores_of(record_of(LAYOUT, texts)) == scores_of(record_of(LAYOUT, CANDIDATE))


@pytest.mark.parametrize("value", ["", None, "N/A", "good", float("nan")])
def test_score_that_is_no_number_is_a_failure_and_the_answer_stays(value: Any) -> None:
    record = record_of(LAYOUT, candidate("Red.", Coherence=value))
    [failure] = record.failures
    assert (failure.reason, failure.rater, failure.kind) == ("unparsable", "gemini", "judge")
    assert failure.detail.startswith("candidate in line 1: no number: coherence ")
    assert scores_of(record) == [{name: FIVE[name] for name in FIVE if name != "coherence"}]


def test_candidate_without_any_score_stays_as_an_answer() -> None:
    changes = {name: "" for name in CANDIDATE if name.lower() in FIVE}
    record = record_of(LAYOUT, candidate("Red.", CommentSection=None, **changes))
    assert texts_of(record) == ["Red."]
    assert not record.responses[0].ratings
    assert len(record.failures) == 1


@pytest.mark.parametrize(
    "changes", [{"prompt": None}, {"cur_candidate_answer": 3}, {"image": 3}, {"Key": [1]}]
)
def test_candidate_that_does_not_fit_is_dropped(changes: dict[str, Any]) -> None:
    assert reason_of(LAYOUT, {**CANDIDATE, **changes}) == "bad_type"


def test_comparison_is_one_judgement_with_scores_and_order() -> None:
    record = record_of(LAYOUT, COMPARISON)
    assert texts_of(record) == ["It rises, then falls.", "It is flat."]
    [ranking] = record.rankings
    assert (ranking.tiers, ranking.rater, ranking.kind) == (((0,), (1,)), "gemini", "judge")
    assert {answer.ratings[0].rater for answer in record.responses} == {"gemini"}
    assert [score["overall"] for score in scores_of(record)] == [12, 5]


def test_mark_of_the_picture_is_taken_out_of_the_question() -> None:
    [asked] = record_of(LAYOUT, COMPARISON).turns
    assert [getattr(part, "path", part) for part in asked.parts] == [
        "scigraph/Figure2.png",
        "What does the curve show?",
    ]


def test_comparison_without_scores_is_an_order_alone() -> None:
    bare = {name: COMPARISON[name] for name in ("image", "question", "chosen", "rejected")}
    record = record_of(LAYOUT, bare)
    assert scores_of(record) == [{}, {}]
    assert len(record.rankings) == 1
    assert not record.failures


def test_equal_comparisons_stay_two_records() -> None:
    assert len(read_rows(LAYOUT, COMPARISON, COMPARISON)) == 2


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"question": None}, "bad_type"),
        ({"question": turn("gpt", "A question?")}, "bad_type"),
        ({"chosen": turn("human", "It rises.")}, "bad_type"),
        ({"chosen": turn("gpt", "It is flat.")}, "contradiction"),
    ],
)
def test_comparison_that_does_not_fit_is_dropped(changes: dict[str, Any], reason: str) -> None:
    assert reason_of(LAYOUT, {**COMPARISON, **changes}) == reason
