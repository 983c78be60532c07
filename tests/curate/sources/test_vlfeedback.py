from typing import Any

import pytest

from curate.sources.vlfeedback import LAYOUT
from schemas.rubric import rubric_id_of
from tests.support.layout_examples import PNG, VLFEEDBACK, rated
from tests.support.source_input import media_in, reason_of, record_of, scores_of, texts_of


def completed(**annotations: str) -> dict[str, Any]:
    completion = {"model": "a", "response": "Three.", "annotations": rated(**annotations)}
    return {**VLFEEDBACK, "completions": [completion]}


def test_completions_come_with_the_judges_scores_under_our_names() -> None:
    record = record_of(LAYOUT, VLFEEDBACK)
    assert texts_of(record) == ["Three cups.", "A cat."]
    assert [answer.model for answer in record.responses] == ["a", "b"]
    [rating] = record.responses[0].ratings
    assert (rating.rater, rating.kind) == ("gpt-4v", "judge")
    assert rating.rationales["faithfulness"] == "on Visual Faithfulness"


def test_overall_is_the_sum_where_all_aspects_are_rated() -> None:
    first, second = scores_of(record_of(LAYOUT, VLFEEDBACK))
    assert first == {"helpfulness": 5, "faithfulness": 4, "ethics": 5, "overall": 14}
    assert second == {"helpfulness": 2, "faithfulness": 1}


def test_scales_are_those_of_the_mm_rlhf_rubric_beside_the_overall() -> None:
    scales = dict(record_of(LAYOUT, VLFEEDBACK).scales or {})
    assert scales.pop("overall") == (3, 15)
    assert rubric_id_of(scales) == "ethics:1:5,faithfulness:1:5,helpfulness:1:5"


def test_rating_that_is_no_number_is_a_failure_and_the_answer_stays() -> None:
    record = record_of(LAYOUT, completed(Helpfulness="five", Visual_Faithfulness="4"))
    assert [failure.detail for failure in record.failures] == [
        "completions[0]: no number: helpfulness 'five'"
    ]
    assert scores_of(record) == [{"faithfulness": 4}]


def test_picture_is_the_file_inside_the_row_or_its_path() -> None:
    assert media_in(record_of(LAYOUT, VLFEEDBACK).turns)[0].path == "images/1.jpg"
    assert media_in(record_of(LAYOUT, {**VLFEEDBACK, "image": PNG}).turns)[0].data == PNG["bytes"]


def test_struct_of_lists_is_recognised_and_read() -> None:
    rows = VLFEEDBACK["completions"]
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    assert record_of(LAYOUT, {**VLFEEDBACK, "completions": columns}).responses == (
        record_of(LAYOUT, VLFEEDBACK).responses
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"prompt": 3},
        {"completions": "none"},
        {"completions": [{"model": "a", "response": ["Three."]}]},
        {"img_path": 3},
    ],
)
def test_row_that_does_not_fit_is_dropped(changes: dict[str, Any]) -> None:
    assert reason_of(LAYOUT, {**VLFEEDBACK, **changes}) == "bad_type"


def test_aspect_that_is_not_of_the_set_drops_the_row() -> None:
    assert reason_of(LAYOUT, completed(Helpfulness="5", Charm="5")) == "bad_type"
