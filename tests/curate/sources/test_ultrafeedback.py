from typing import Any

import pytest

from curate.sources.ultrafeedback import LAYOUT
from tests.support.layout_examples import ULTRAFEEDBACK
from tests.support.source_input import media_in, reason_of, record_of, scores_of, texts_of


def with_completion(**changes: Any) -> dict[str, Any]:
    first, *others = ULTRAFEEDBACK["completions"]
    return {**ULTRAFEEDBACK, "completions": [{**first, **changes}, *others]}


def test_completions_come_with_aspects_and_overall() -> None:
    record = record_of(LAYOUT, ULTRAFEEDBACK)
    assert texts_of(record) == ["Eleven.", "Twelve."]
    aspects = dict.fromkeys(("helpfulness", "honesty", "instruction_following", "truthfulness"), 5)
    assert scores_of(record) == [{**aspects, "overall": 8.5}, {"overall": 2}]


def test_each_score_is_on_its_own_scale() -> None:
    scales = record_of(LAYOUT, ULTRAFEEDBACK).scales or {}
    assert scales["honesty"] == (1, 5)
    assert scales["overall"] == (1, 10)


def test_critique_is_the_reason_for_the_whole_answer() -> None:
    [rating] = record_of(LAYOUT, ULTRAFEEDBACK).responses[0].ratings
    assert (rating.rater, rating.kind) == ("gpt-4", "judge")
    assert rating.rationales["overall"] == "Right and short."
    assert rating.rationales["honesty"] == "on honesty"


def test_prompt_is_text_with_its_origin_and_the_answers_principle() -> None:
    record = record_of(LAYOUT, ULTRAFEEDBACK)
    assert not media_in(record.turns)
    assert record.attributes == {"origin": "evol_instruct"}
    assert record.responses[0].attributes == {"principle": "honesty"}


def test_overall_that_is_no_number_is_a_failure_and_the_aspects_stay() -> None:
    record = record_of(LAYOUT, with_completion(overall_score="high"))
    assert [failure.detail for failure in record.failures] == [
        "completions[0]: no number: overall 'high'"
    ]
    assert set(scores_of(record)[0]) == {
        "helpfulness",
        "honesty",
        "instruction_following",
        "truthfulness",
    }


@pytest.mark.parametrize(
    "row",
    [
        {**ULTRAFEEDBACK, "instruction": None, "completions": 3},
        with_completion(response=3),
        with_completion(annotations={"charm": {"Rating": "5"}}),
        with_completion(critique=3),
    ],
)
def test_row_that_does_not_fit_is_dropped(row: dict[str, Any]) -> None:
    assert reason_of(LAYOUT, row) == "bad_type"
