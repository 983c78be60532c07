import json
from typing import Any

import pytest

from curate.sources.rlhf_v import LAYOUT
from tests.support.layout_examples import PNG, RLHF_V
from tests.support.source_input import media_in, reason_of, record_of, texts_of


def test_comparison_is_a_persons_and_the_correction_is_written() -> None:
    record = record_of(LAYOUT, RLHF_V)
    assert texts_of(record) == ["Three.", "Two."]
    assert [answer.origin for answer in record.responses] == ["written", "sampled"]
    [ranking] = record.rankings
    assert (ranking.tiers, ranking.rater, ranking.kind) == (((0,), (1,)), "rlhf-v", "human")


def test_question_key_and_origin_come_with_it() -> None:
    record = record_of(LAYOUT, RLHF_V)
    assert record.turns[0].parts[-1] == "How many cups?"
    assert (record.key, record.attributes) == ("7", {"origin": "COCO"})


def test_picture_is_the_file_inside_the_row_or_its_path() -> None:
    assert media_in(record_of(LAYOUT, RLHF_V).turns)[0].data == PNG["bytes"]
    assert media_in(record_of(LAYOUT, {**RLHF_V, "image": None}).turns)[0].path == "cups.png"


def test_comparison_may_be_an_object_already() -> None:
    row = {**RLHF_V, "text": json.loads(RLHF_V["text"])}
    assert record_of(LAYOUT, row).responses == record_of(LAYOUT, RLHF_V).responses


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "bad_json"),
        ("[" * 100_000, "bad_json"),
        ("[1]", "bad_type"),
        (None, "bad_type"),
        ('{"question": "q", "chosen": 1, "rejected": "b"}', "bad_type"),
        ('{"question": "q", "chosen": "a", "rejected": "a"}', "contradiction"),
    ],
    ids=["torn", "deep", "list", "null", "number", "same"],
)
def test_text_that_is_no_comparison_is_dropped(text: Any, reason: str) -> None:
    assert reason_of(LAYOUT, {**RLHF_V, "text": text}) == reason
