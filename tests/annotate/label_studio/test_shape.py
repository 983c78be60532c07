"""Prompts of one shape share a page."""

import pytest
from pydantic import ValidationError

from annotate.label_studio.shape import MANY, Shape, shape_of
from tests.support.pages import medium, prompt, turn


def test_pictures_and_videos_are_counted() -> None:
    asked = prompt(
        turn("user", 0, 1, 2, "Which?"), media=[medium(1), medium(2, "video"), medium(3)]
    )
    assert shape_of(asked, 4) == Shape(answers=4, pictures=2, videos=1)


def test_frames_count_as_pictures_and_more_than_four_are_many() -> None:
    asked = prompt(turn("user", 0, 1, "Which?"), media=[medium(1, "frames"), medium(2, "frames")])
    assert shape_of(asked, 2).pictures == MANY


def test_a_missing_picture_is_not_counted() -> None:
    missing = medium(1).model_copy(update={"file": None, "sha256": None, "path": "gone.png"})
    assert shape_of(prompt(turn("user", 0, "Which?"), media=[missing]), 2) == Shape(answers=2)


@pytest.mark.parametrize("answers", [0, 1, 9])
def test_two_to_eight_answers_fit_a_page(answers: int) -> None:
    with pytest.raises(ValidationError):
        Shape(answers=answers)


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        (Shape(answers=2), "2 answers"),
        (Shape(answers=4, pictures=1), "4 answers, 1 picture"),
        (Shape(answers=4, pictures=MANY, videos=2), "4 answers, many pictures, 2 videos"),
    ],
)
def test_a_shape_says_itself_in_words(shape: Shape, said: str) -> None:
    assert str(shape) == said
