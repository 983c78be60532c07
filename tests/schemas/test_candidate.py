"""Ids of prompts and candidates are their content."""

import pytest
from pydantic import ValidationError

from schemas.base import content_id
from schemas.candidate import Medium, Message, Part, Prompt, candidate_id_of, prompt_id_of
from tests.support.examples import BLUE, RED, picture, question


def test_prompt_id_is_the_hash_of_messages_with_media_by_digest() -> None:
    expected = content_id(
        [{"role": "user", "parts": [{"media": f"sha256:{RED}"}, {"text": "How many cups?"}]}]
    )
    assert prompt_id_of(question(pictures=1), [picture(RED)]) == expected


def test_equal_questions_on_different_pictures_are_different_prompts() -> None:
    asked = question(pictures=1)
    assert prompt_id_of(asked, [picture(RED)]) != prompt_id_of(asked, [picture(BLUE)])


def test_one_picture_under_two_paths_is_one_prompt() -> None:
    asked, medium = question(pictures=1), picture()
    renamed = medium.model_copy(update={"path": "other/name.png", "width": 640})
    assert prompt_id_of(asked, [medium]) == prompt_id_of(asked, [renamed])


def test_pictures_kept_unread_are_told_apart_by_their_path() -> None:
    first, second = (Medium(kind="image", path=name) for name in ("1.jpg", "2.jpg"))
    asked = question(pictures=1)
    assert prompt_id_of(asked, [first]) != prompt_id_of(asked, [second])
    assert first.identity == "missing:1.jpg"


def test_the_order_of_two_pictures_is_part_of_the_question() -> None:
    asked = question(pictures=2)
    there, back = (picture(RED), picture(BLUE)), (picture(BLUE), picture(RED))
    assert prompt_id_of(asked, there) != prompt_id_of(asked, back)


def test_text_is_taken_as_given() -> None:
    ids = {prompt_id_of(question(text), []) for text in ("Aim", "aim", "Aim ", "A\u0131m")}
    assert len(ids) == 4


def test_a_system_turn_makes_another_prompt() -> None:
    system = Message(role="system", parts=(Part(type="text", text="Be brief."),))
    assert prompt_id_of((system, *question()), []) != prompt_id_of(question(), [])


def test_candidate_id_is_the_hash_of_prompt_and_response() -> None:
    prompt = prompt_id_of(question(), [])
    assert candidate_id_of(prompt, "Three.") == content_id([prompt, "Three."])


def test_the_same_answer_to_two_questions_is_two_candidates() -> None:
    prompts = [prompt_id_of(question(text), []) for text in ("Which one?", "What is left?")]
    assert len({candidate_id_of(prompt, "A") for prompt in prompts}) == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "text"},
        {"type": "media"},
        {"type": "text", "media_index": 0},
        {"type": "media", "text": "cup"},
        {"type": "text", "text": "cup", "media_index": 0},
        {"type": "media", "media_index": -1},
    ],
)
def test_a_part_is_text_or_a_medium(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Part.model_validate(fields)


def test_a_prompt_has_at_least_one_message() -> None:
    with pytest.raises(ValidationError, match="messages"):
        Prompt(prompt_id="0" * 32, messages=(), source="demo")
