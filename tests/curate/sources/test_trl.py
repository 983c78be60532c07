from typing import Any

import pytest

from curate.sources.trl import LAYOUT
from tests.support.layout_examples import PNG, TRL, TRL_TEXT, TRL_WHOLE, message
from tests.support.source_input import media_in, reason_of, record_of, texts_of
from tests.support.sources import seen

ASKED = message("user", "How many cups?")


@pytest.mark.parametrize("row", [TRL, TRL_TEXT, TRL_WHOLE], ids=["messages", "texts", "whole"])
def test_every_form_is_one_comparison_of_the_source(row: dict[str, Any]) -> None:
    record = record_of(LAYOUT, row)
    assert texts_of(record) == ["Three.", "Two."]
    assert record.turns[-1].parts[-1] == "How many cups?"
    [ranking] = record.rankings
    assert (ranking.tiers, ranking.rater, ranking.kind) == (((0,), (1,)), "trl", "source")


def test_pictures_come_first_in_the_first_question() -> None:
    row = {**TRL, "images": [PNG, "b.png"]}
    assert seen(record_of(LAYOUT, row).turns) == [
        ("user", ["[image cups.png]", "[image b.png]", "How many cups?"])
    ]


def test_blocks_put_pictures_in_their_places() -> None:
    blocks = [
        {"type": "text", "text": "Is this"},
        {"type": "image", "text": None},
        {"type": "text", "text": "a cup?"},
    ]
    row = {**TRL, "prompt": [{"role": "user", "content": blocks}]}
    assert seen(record_of(LAYOUT, row).turns) == [
        ("user", ["Is this", "[image cups.png]", "a cup?"])
    ]


def test_marks_in_a_text_prompt_are_the_pictures_places() -> None:
    row = {**TRL_TEXT, "prompt": "<image>\nHow many?", "image": PNG}
    assert seen(record_of(LAYOUT, row).turns) == [("user", ["[image cups.png]", "How many?"])]


def test_row_of_a_mixed_set_without_pictures_is_text() -> None:
    assert not media_in(record_of(LAYOUT, {**TRL, "images": []}).turns)


def test_prompt_that_two_texts_share_is_their_beginning() -> None:
    row = {"chosen": "The sky is blue.", "rejected": "The sky is green."}
    record = record_of(LAYOUT, row)
    assert seen(record.turns) == [("user", ["The sky is"])]
    assert texts_of(record) == [" blue.", " green."]


def test_transcripts_become_turns() -> None:
    start = "\n\nHuman: Hi\n\nAssistant: Hello\n\nHuman: How many?\n\nAssistant: "
    record = record_of(LAYOUT, {"chosen": f"{start}Three.", "rejected": f"{start}Two."})
    assert [turn.role for turn in record.turns] == ["user", "assistant", "user"]
    assert texts_of(record) == ["Three.", "Two."]


def test_prompt_beside_whole_conversations_is_checked() -> None:
    assert texts_of(record_of(LAYOUT, {**TRL_WHOLE, "prompt": "How many cups?"})) == [
        "Three.",
        "Two.",
    ]
    assert texts_of(record_of(LAYOUT, {**TRL_WHOLE, "prompt": [ASKED]})) == ["Three.", "Two."]
    assert reason_of(LAYOUT, {**TRL_WHOLE, "prompt": "How many cats?"}) == "mismatched_prompt"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({**TRL_TEXT, "chosen": "Two."}, "contradiction"),
        ({**TRL, "chosen": TRL["rejected"]}, "contradiction"),
        ({**TRL_TEXT, "chosen": 3}, "bad_type"),
        ({**TRL_TEXT, "prompt": 3}, "bad_type"),
        ({**TRL, "prompt": []}, "empty_prompt"),
        ({**TRL, "prompt": [ASKED, message("assistant", "Hm.")]}, "bad_type"),
        ({"chosen": "Three.", "rejected": "Two."}, "empty_prompt"),
        ({"chosen": "Three.", "rejected": [ASKED]}, "empty_prompt"),
        ({**TRL_WHOLE, "rejected": "Two."}, "bad_type"),
        ({**TRL_WHOLE, "rejected": [message("user", "?"), ASKED]}, "mismatched_prompt"),
    ],
)
def test_row_that_does_not_fit_is_dropped(row: dict[str, Any], reason: str) -> None:
    assert reason_of(LAYOUT, row) == reason
