from typing import Any

import pytest

from curate.sources.completions import answer_text, is_message
from curate.sources.shaping import BadRowError
from tests.support.layout_examples import message, turn


@pytest.mark.parametrize(
    "value",
    [
        "Three.",
        turn("gpt", "Three."),
        message("assistant", "Three."),
        [message("assistant", "Three.")],
        [{"role": "assistant", "content": [{"type": "text", "text": "Three."}]}],
    ],
)
def test_answer_is_read_in_every_form(value: Any) -> None:
    assert answer_text(value, "chosen") == "Three."


def test_null_answer_stays_null() -> None:
    assert answer_text(None, "chosen") is None


@pytest.mark.parametrize(
    "value",
    [
        3,
        [],
        turn("human", "Three."),
        {"role": "assistant"},
        [message("assistant", "a"), message("assistant", "b")],
        [{"role": "assistant", "content": [{"type": "image", "image": "a.png"}]}],
    ],
)
def test_what_is_not_one_answer_is_a_bad_row(value: Any) -> None:
    with pytest.raises(BadRowError) as raised:
        answer_text(value, "chosen")
    assert raised.value.reason == "bad_type"


def test_message_is_known_by_its_keys() -> None:
    assert is_message(turn("gpt", "a"))
    assert is_message(message("user", "a"))
    assert not is_message({"role": "user"})
    assert not is_message("a")
