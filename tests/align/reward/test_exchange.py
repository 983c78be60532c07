"""Rows of the export as answers in their conversations."""

from typing import Any

import pytest

from align.reward.exchange import Exchange, Turn, exchanges_of, turns_of
from align.reward.prompt import ANSWER, EVALUATION, TASK, judge_messages, judge_parts
from schemas.errors import AlignError
from tests.support.rewards import GREEN, RED, row, shown


def block(text: str | None = None) -> dict[str, Any]:
    return {"type": "image" if text is None else "text", "text": text}


def colours(parts: Any) -> list[Any]:
    return [part if isinstance(part, str) else part.getpixel((0, 0)) for part in parts]


def test_both_answers_share_the_conversation_and_keep_their_own_critique() -> None:
    chosen, rejected = exchanges_of(row(critiques=("Good.", "  ")))
    assert chosen.turns == rejected.turns
    assert (chosen.response, rejected.response) == ("Red.", "Blue, I think.")
    assert (chosen.critique, rejected.critique) == ("Good.", None)


def test_pictures_of_blocks_stand_where_they_are_shown() -> None:
    messages = [
        {"role": "user", "content": [block("First "), block(), block(" then")]},
        {"role": "assistant", "content": [block("Yes.")]},
        {"role": "user", "content": [block(), block("why?")]},
    ]
    turns = list(turns_of(messages, [shown(RED), shown(GREEN)]))
    assert [turn.role for turn in turns] == ["user", "assistant", "user"]
    assert colours(turns[0].parts) == ["First ", RED, " then"]
    assert colours(turns[2].parts) == [GREEN, "why?"]


def test_pictures_of_plain_texts_stand_before_the_first_user_s_text() -> None:
    messages = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Which?"},
    ]
    turns = list(turns_of(messages, [shown(RED), shown(GREEN)]))
    assert colours(turns[0].parts) == ["Be brief."]
    assert colours(turns[1].parts) == [RED, GREEN, "Which?"]


@pytest.mark.parametrize("count", [0, 2])
def test_a_prompt_with_other_pictures_than_it_shows_is_refused(count: int) -> None:
    messages = [{"role": "user", "content": [block(), block("Which?")]}]
    with pytest.raises(AlignError, match="pictures"):
        list(turns_of(messages, [shown()] * count))


def test_pictures_are_read_in_three_channels() -> None:
    (turn,) = turns_of([{"role": "user", "content": [block()]}], [shown().convert("P")])
    assert turn.parts[0].mode == "RGB"


def test_judge_reads_task_question_and_answer_in_one_user_turn() -> None:
    parts = judge_parts(Exchange((Turn("user", (shown(), "Which?")),), "Red."))
    assert [isinstance(part, str) for part in parts] == [True, False, True]
    assert parts[0].startswith(TASK)
    assert parts[2] == f"Which?{ANSWER}Red.{EVALUATION}"


def test_judge_reads_who_said_what_in_a_longer_conversation() -> None:
    turns = (Turn("user", ("Which?",)), Turn("assistant", ("Red.",)), Turn("user", ("Sure?",)))
    (text,) = judge_parts(Exchange(turns, "Yes."))
    assert "User: Which?\nAssistant: Red.\nUser: Sure?" in text


def test_the_critique_is_the_assistant_s_turn() -> None:
    user, assistant = judge_messages(["Judge."], "Good.", sees=False)
    assert user == {"role": "user", "content": "Judge."}
    assert assistant == {"role": "assistant", "content": "Good."}
    (only,) = judge_messages([shown(), "Judge."], None, sees=True)
    assert [part["type"] for part in only["content"]] == ["image", "text"]
