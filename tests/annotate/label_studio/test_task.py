"""A prompt and its answers as a task: complete, anonymous, in an order that can be told again."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.label_studio import names
from annotate.label_studio.config import page
from annotate.label_studio.shape import MANY, Shape, shape_of
from annotate.label_studio.task import LONGEST_TITLE, in_order, task_data
from schemas.candidate import Prompt
from tests.support.pages import (
    ASKED,
    RUBRICS,
    candidates,
    media_url,
    medium,
    prompt,
    turn,
)

RUBRIC = RUBRICS["five-metric"]
TEXTS = [f"Answer {number}." for number in range(8)]


def data_of(asked: Prompt, *responses: str, **options: Any) -> dict[str, object]:
    return task_data(asked, candidates(asked, *responses), RUBRIC, media_url=media_url, **options)


def test_every_answer_is_there_once_under_a_letter_and_its_id_is_recorded() -> None:
    asked = prompt("Which?")
    data = data_of(asked, *TEXTS)
    shown = [data[names.answer(letter)] for letter in names.LETTERS]
    assert sorted(map(str, shown)) == TEXTS
    by_id = {it.candidate_id: it.response for it in candidates(asked, *TEXTS)}
    about = data[names.ABOUT]
    assert isinstance(about, dict)
    assert [by_id[it] for it in about["candidate_ids"]] == shown
    assert about["prompt_id"] == asked.prompt_id
    assert about["rubric_hash"] == RUBRIC.rubric_hash


@given(st.permutations(TEXTS), st.integers(0, 5))
def test_the_order_depends_on_prompt_and_seed_alone(texts: list[str], seed: int) -> None:
    asked = prompt("Which?")
    assert data_of(asked, *texts, seed=seed) == data_of(asked, *TEXTS, seed=seed)


def test_another_prompt_and_another_seed_give_another_order() -> None:
    orders = set()
    for question in ("Which?", "Who?"):
        for seed in (0, 1):
            asked = prompt(question)
            shown = in_order(asked.prompt_id, candidates(asked, *TEXTS), seed)
            orders.add(tuple(it.response for it in shown))
    assert len(orders) == 4


def test_every_place_is_as_likely_for_every_answer() -> None:
    first = 0
    for number in range(600):
        asked = prompt(f"Question {number}?")
        first += in_order(asked.prompt_id, candidates(asked, "a", "b", "c"), 0)[0].response == "a"
    assert 150 < first < 250


def test_no_models_name_is_in_a_task() -> None:
    assert "secret-model" not in json.dumps(data_of(prompt("Which?"), *TEXTS))


@pytest.mark.parametrize("pictures", range(7))
@pytest.mark.parametrize("videos", [0, 1])
def test_a_task_has_every_field_that_its_page_shows(pictures: int, videos: int) -> None:
    media = [medium(number) for number in range(pictures)]
    media += [medium(100 + number, "video") for number in range(videos)]
    asked = prompt(turn("user", "Which?", *range(len(media))), media=media)
    data = data_of(asked, *TEXTS[:4], show_reference=True)
    xml = page(RUBRIC, shape_of(asked, 4), ASKED, show_reference=True)
    shown = {part.split('"')[0] for part in xml.split('"$')[1:]}
    assert shown <= data.keys()


def test_media_have_addresses_in_the_order_of_the_prompt() -> None:
    media = [medium(1), medium(2, "video"), medium(3)]
    data = data_of(prompt(turn("user", 2, 0, 1, "Which?"), media=media), "a", "b")
    assert data["picture_1"] == media_url(str(media[0].file))
    assert data["picture_2"] == media_url(str(media[2].file))
    assert data["video_1"] == media_url(str(media[1].file))


def test_many_pictures_are_one_list() -> None:
    media = [medium(number) for number in range(6)]
    asked = prompt(turn("user", "Which?", *range(6)), media=media)
    assert shape_of(asked, 2) == Shape(answers=2, pictures=MANY)
    assert data_of(asked, "a", "b")["pictures"] == [media_url(str(it.file)) for it in media]


def test_the_title_is_the_questions_beginning_on_one_line() -> None:
    data = data_of(
        prompt(turn("user", "Hi."), turn("assistant", "Yes?"), "Who\n\nis " + "x" * 200), "a", "b"
    )
    title = str(data["title"])
    assert title.startswith("Who is xxx")
    assert len(title) == LONGEST_TITLE


def test_the_reference_is_in_a_task_only_where_it_is_shown() -> None:
    """All that a task holds is in the list of tasks, which annotators can open."""
    mine = prompt("Which?", reference="Mine.")
    assert "reference" not in data_of(mine, "a", "b")
    assert data_of(mine, "a", "b", show_reference=True)["reference"] == "Mine."
    shown = data_of(prompt("Which?"), "a", "b", show_reference=True)
    assert shown["reference"] == "There is none."
