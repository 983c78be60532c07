from typing import Any

import pytest

from curate.sources.rlaif_v import LAYOUT
from tests.support.layout_examples import PNG, RLAIF_V
from tests.support.source_input import media_in, reason_of, record_of, texts_of


def test_row_is_one_comparison_of_the_source() -> None:
    record = record_of(LAYOUT, RLAIF_V)
    assert texts_of(record) == ["Three.", "Two."]
    [ranking] = record.rankings
    assert (ranking.tiers, ranking.rater, ranking.kind) == (((0,), (1,)), "rlaif-v", "source")
    assert (record.key, record.attributes) == ("8", {"origin": "TextVQA"})


def test_picture_is_the_file_inside_the_row_or_its_path() -> None:
    assert media_in(record_of(LAYOUT, RLAIF_V).turns)[0].data == PNG["bytes"]
    assert media_in(record_of(LAYOUT, {**RLAIF_V, "image": None}).turns)[0].path == "cups.png"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"question": 3}, "bad_type"),
        ({"chosen": ["Three."]}, "bad_type"),
        ({"image": 3}, "bad_type"),
        ({"chosen": "Two."}, "contradiction"),
    ],
)
def test_row_that_does_not_fit_is_dropped(changes: dict[str, Any], reason: str) -> None:
    assert reason_of(LAYOUT, {**RLAIF_V, **changes}) == reason


def test_answer_that_is_missing_stays_in_the_record_as_null() -> None:
    assert texts_of(record_of(LAYOUT, {**RLAIF_V, "rejected": None})) == ["Three.", None]
