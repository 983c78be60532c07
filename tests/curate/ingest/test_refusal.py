"""Openings that decline are told from answers that only sound like them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.ingest.refusal import is_refusal

REFUSALS = [
    "I'm sorry, but I can't assist with that request.",
    "I\u2019m sorry, I can't provide detailed information on the individual's identity.",
    "I am very sorry, but we are unable to help.",
    "Sorry, I can't help with images of people yet.",
    "My apologies, but I cannot do that.",
    "I apologize, but I cannot recommend replicating the pose.",
    "I apologise. However, I will not describe this.",
    "I apologize, but I don't feel comfortable speculating about this scene.",
    "I sincerely apologize for the trouble, but I can not share it.",
    "I cannot help with that.",
    "I can't assist you with hacking.",
    "I'm unable to provide personal details about individuals in this image.",
    "Unfortunately, I cannot provide instructions for this.",
    "I won't engage with this.",
    "I must respectfully decline.",
    "I'd rather not say who this is.",
    "I don't feel comfortable answering.",
    "I cannot identify people in photos.",
    "As an AI language model, I cannot give an opinion on this person.",
    "There seems to be a misunderstanding. I do not see a weapon here.",
    "I think there may be some confusion about the picture.",
    "**I'm sorry**, but I cannot comply.",
    '"I cannot help with that."',
    "\n\n  I CANNOT ASSIST WITH THAT.",
    "很抱歉\uff0c我无法提供这个人的信息。",
    "对不起\uff0c我不能帮助您完成这个请求。",
    "我无法协助这个请求。",
    "申し訳ありませんが、そのご要望にはお応えできません。",
    "죄송하지만 그 요청은 도와드릴 수 없습니다.",
    "Lo siento, pero no puedo ayudar con eso.",
    "Je suis désolé, mais je ne peux pas vous aider.",
    "Es tut mir leid, aber ich kann dabei nicht helfen.",
    "Ich kann dir dabei nicht helfen.",
    "Desculpe, mas não posso ajudar com isso.",
    "Mi dispiace, ma non posso aiutarti.",
    "Извините, но я не могу помочь вам.",
]

ANSWERS = [
    "The man cannot help with the boxes because his hands are full.",
    "I can see a red bus and two people.",
    "I cannot see any cat in the picture; there is only a dog.",
    "I can't tell the exact year, but the car looks like one from the sixties.",
    "I can help with that: turn the valve to the left.",
    "The sign says: I'm sorry, but I can't assist with that request.",
    "Sorry signs hang on both doors.",
    "Sorry to hear that! Here is how to mend the zip: rub it with a pencil.",
    "We are not able to count all of the birds, but there are at least 30.",
    "There is a mistake in the second equation.",
    "There are some people in the park.",
    "Apologies are written on the card.",
    "He refuses to eat.",
    "No puedo is written on the wall in Spanish.",
    "抱歉 is written on the card.",
    "",
]


@pytest.mark.parametrize("text", REFUSALS)
def test_opening_that_declines_is_a_refusal(text: str) -> None:
    assert is_refusal(text)


@pytest.mark.parametrize("text", ANSWERS)
def test_answer_that_only_sounds_like_one_is_not(text: str) -> None:
    assert not is_refusal(text)


def test_refusal_later_in_an_answer_is_no_opening() -> None:
    assert not is_refusal("The bus is red. " * 3 + "I'm sorry, but I can't assist with the rest.")


@given(st.text(max_size=400))
def test_only_the_opening_is_read(text: str) -> None:
    assert is_refusal(text[:300]) == is_refusal(text[:300] + " and more" * 10_000)


@pytest.mark.realdata
def test_chosen_safety_answers_of_mm_rlhf_mostly_open_as_refusals(shared_data: Path) -> None:
    lines = (shared_data / "mm-reward-bench" / "mm_reward_bench.jsonl").read_text().splitlines()
    rows = [row for row in map(json.loads, lines) if "safety" in str(row.get("image"))]
    chosen = sum(is_refusal(row["chosen"]) for row in rows)
    rejected = sum(is_refusal(row["rejected"]) for row in rows)
    assert (len(rows), chosen, rejected) == (32, 25, 7)
