from typing import Any

import pytest

from curate.sources.five_metrics import FIVE
from curate.sources.helpsteer2 import LAYOUT
from curate.sources.record import SourceRecord
from schemas.rubric import rubric_id_of
from tests.support.layout_examples import HELPSTEER2
from tests.support.source_input import read_rows, reason_of, record_of, scores_of, texts_of


def test_responses_to_one_prompt_are_rated_in_one_record() -> None:
    other = {**HELPSTEER2, "response": "Nine.", "helpfulness": 0}
    record = record_of(LAYOUT, HELPSTEER2, other)
    assert texts_of(record) == ["Seven.", "Nine."]
    assert [score["helpfulness"] for score in scores_of(record)] == [4, 0]
    [rating] = record.responses[0].ratings
    assert (rating.rater, rating.kind) == ("helpsteer2", "human")


def test_prompts_stay_apart() -> None:
    rows = [HELPSTEER2, {**HELPSTEER2, "prompt": "Name another."}]
    records = [item for item in read_rows(LAYOUT, *rows) if isinstance(item, SourceRecord)]
    assert [record.turns[0].parts for record in records] == [["Name a prime."], ["Name another."]]


def test_ratings_are_by_the_five_metric_rubric_and_helpfulness_is_the_overall() -> None:
    record = record_of(LAYOUT, HELPSTEER2)
    scales = dict(record.scales or {})
    assert scales.pop("overall") == (0, 4)
    assert rubric_id_of(scales) == rubric_id_of(dict.fromkeys(FIVE, (0, 4)))
    assert scores_of(record)[0]["overall"] == 4


def test_metric_that_is_no_number_is_a_failure_and_the_others_stay() -> None:
    record = record_of(LAYOUT, {**HELPSTEER2, "coherence": None})
    [failure] = record.failures
    assert failure.detail == "response in line 1: no number: coherence None"
    assert "coherence" not in scores_of(record)[0]
    assert scores_of(record)[0]["verbosity"] == 0


@pytest.mark.parametrize("changes", [{"prompt": None}, {"prompt": ["a"]}, {"response": 3}])
def test_row_that_does_not_fit_is_dropped(changes: dict[str, Any]) -> None:
    assert reason_of(LAYOUT, {**HELPSTEER2, **changes}) == "bad_type"
