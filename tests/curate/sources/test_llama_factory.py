from typing import Any

import pytest

from curate.sources.llama_factory import LAYOUT
from tests.support.layout_examples import ALPACA, LLAMA_FACTORY, message, turn
from tests.support.source_input import media_in, reason_of, record_of, texts_of
from tests.support.sources import seen


def test_row_is_one_comparison_of_the_source() -> None:
    record = record_of(LAYOUT, LLAMA_FACTORY)
    assert texts_of(record) == ["Three.", "Two."]
    [ranking] = record.rankings
    assert (ranking.tiers, ranking.rater, ranking.kind) == (
        ((0,), (1,)),
        "llama-factory",
        "source",
    )


def test_turns_have_the_pictures_at_their_marks() -> None:
    turns = [
        turn("human", "<image>This"),
        turn("gpt", "A cup."),
        turn("human", "and this<image>?"),
    ]
    row = {**LLAMA_FACTORY, "conversations": turns, "images": ["1.png", {"path": "2.png"}]}
    assert seen(record_of(LAYOUT, row).turns) == [
        ("user", ["[image 1.png]", "This"]),
        ("assistant", ["A cup."]),
        ("user", ["and this", "[image 2.png]", "?"]),
    ]


def test_roles_may_be_named_as_openai_does() -> None:
    row = {
        "conversations": [message("user", "How many?")],
        "chosen": message("assistant", "Three."),
        "rejected": message("assistant", "Two."),
    }
    assert texts_of(record_of(LAYOUT, row)) == ["Three.", "Two."]


def test_alpaca_form_asks_instruction_and_input_after_the_history() -> None:
    row = {**ALPACA, "system": "Be short."}
    assert seen(record_of(LAYOUT, row).turns) == [
        ("system", ["Be short."]),
        ("user", ["Hello?"]),
        ("assistant", ["Hello."]),
        ("user", ["Count the cups.\nOn the left only."]),
    ]


def test_alpaca_form_without_input_is_the_instruction() -> None:
    record = record_of(LAYOUT, {**ALPACA, "input": "", "history": None, "images": ["1.png"]})
    assert seen(record.turns) == [("user", ["[image 1.png]", "Count the cups."])]


def test_videos_come_beside_pictures() -> None:
    record = record_of(LAYOUT, {**LLAMA_FACTORY, "videos": ["a.mp4"]})
    assert [medium.kind for medium in media_in(record.turns)] == ["video", "image"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"conversations": [turn("human", "a"), turn("gpt", "b")]}, "bad_type"),
        ({"conversations": [turn("observation", "a")]}, "bad_type"),
        ({"images": []}, None),
        ({"conversations": [turn("human", "<image><image>")]}, "missing_media"),
        ({"chosen": turn("human", "Three.")}, "bad_type"),
        ({"chosen": turn("gpt", "Two.")}, "contradiction"),
        ({"conversations": None, "history": [["only a question"]]}, "bad_type"),
    ],
)
def test_row_that_does_not_fit_is_dropped(changes: dict[str, Any], reason: str | None) -> None:
    row = {**LLAMA_FACTORY, **changes}
    if reason is None:
        assert record_of(LAYOUT, row).turns[0].parts == ["<image>How many cups?"]
    else:
        assert reason_of(LAYOUT, row) == reason
