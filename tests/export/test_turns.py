from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.turns import (
    Turns,
    answered,
    block_answers,
    block_contents,
    pictures_stand_first,
    text_answers,
    text_contents,
)
from schemas.arrow import model_schema
from schemas.candidate import Message, Prompt
from tests.support.pairs import turn, user

PARTS = st.lists(st.text("abç€😀", max_size=4) | st.integers(0, 3), max_size=4)
PROMPTS = st.lists(
    st.lists(st.tuples(st.sampled_from(["system", "user", "assistant"]), PARTS), max_size=4)
)


def turns_of(prompts: Sequence[Sequence[Message]], skip: int = 0) -> Turns:
    kind = model_schema(Prompt).field("messages").type
    column = pa.array([[m.model_dump() for m in messages] for messages in prompts], kind)
    return Turns.of(column.slice(skip))


def test_texts_of_a_turn_run_together_without_its_media() -> None:
    turns = turns_of([[turn("system", "Be short."), user(0, "How ", "many?")], [user("Hi")]])
    assert text_contents(turns).to_pylist() == [
        [
            {"role": "system", "content": "Be short."},
            {"role": "user", "content": "How many?"},
        ],
        [{"role": "user", "content": "Hi"}],
    ]


def test_blocks_stand_where_the_parts_stood_and_frames_are_many() -> None:
    turns = turns_of([[user("Before", 0, "after", 1)]])
    image = {"type": "image", "text": None}
    assert block_contents(turns, np.array([0, 1, 0, 3])).to_pylist() == [
        [
            {
                "role": "user",
                "content": [
                    {"type": "text", "text": "Before"},
                    image,
                    {"type": "text", "text": "after"},
                    image,
                    image,
                    image,
                ],
            }
        ]
    ]


def test_answers_are_one_turn_of_the_assistant() -> None:
    answers = pa.array(["Two.", ""])
    assert text_answers(answers).to_pylist()[0] == [{"role": "assistant", "content": "Two."}]
    assert block_answers(answers).to_pylist()[1] == [
        {"role": "assistant", "content": [{"type": "text", "text": ""}]}
    ]


@pytest.mark.parametrize(
    ("messages", "first"),
    [
        ([user("no picture")], True),
        ([user(0, 1, "both before")], True),
        ([turn("system", "S"), user(0, "after a system turn")], True),
        ([user(0, "a"), turn("assistant", "b"), user("c")], True),
        ([user("behind", 0)], False),
        ([user(0, "between", 1)], False),
        ([user(0, "a"), turn("assistant", "b"), user(1, "c")], False),
        ([user("a"), turn("assistant", "b"), user(0, "c")], False),
        ([turn("system", 0, "S"), user("a")], False),
        ([turn("assistant", 0)], False),
    ],
)
def test_pictures_stand_first_only_before_the_first_user_text(
    messages: list[Message], *, first: bool
) -> None:
    assert pictures_stand_first(turns_of([[user(0, "a")], messages])) is first


@given(PROMPTS, st.integers(0, 3))
def test_contents_are_what_a_loop_over_the_parts_would_give(
    prompts: list[list[tuple[str, list[Any]]]], skip: int
) -> None:
    messages = [[turn(role, *parts) for role, parts in prompt] for prompt in prompts]
    turns = turns_of(messages, min(skip, len(messages)))
    expected = [[text_of(message) for message in prompt] for prompt in messages[skip:]]
    assert text_contents(turns).to_pylist() == expected
    blocks = block_contents(turns, np.ones(len(turns.media), dtype=np.int64)).to_pylist()
    assert blocks == [[blocks_of(message) for message in prompt] for prompt in messages[skip:]]


@given(PROMPTS, st.integers(0, 3))
def test_an_answer_stands_behind_the_turns_of_its_own_prompt(
    prompts: list[list[tuple[str, list[Any]]]], skip: int
) -> None:
    messages = [[turn(role, *parts) for role, parts in prompt] for prompt in prompts]
    asked = text_contents(turns_of(messages, min(skip, len(messages))))
    answers = text_answers(pa.array([f"answer {n}" for n in range(len(asked))], pa.string()))
    expected = [
        [*prompt, *answer]
        for prompt, answer in zip(asked.to_pylist(), answers.to_pylist(), strict=True)
    ]
    assert answered(asked, answers).to_pylist() == expected


def text_of(message: Message) -> dict[str, Any]:
    return {"role": message.role, "content": "".join(part.text or "" for part in message.parts)}


def blocks_of(message: Message) -> dict[str, Any]:
    blocks = [
        {"type": "image" if part.type == "media" else "text", "text": part.text}
        for part in message.parts
    ]
    return {"role": message.role, "content": blocks}
