"""What a judge sees: a number of answers that fits the mode, and media that are there."""

from typing import Any

import pytest

from schemas.candidate import Message, Part
from tests.support.judging import one_metric, view


@pytest.mark.parametrize(
    ("mode", "count"), [("pointwise", 2), ("pairwise", 1), ("pairwise", 3), ("listwise", 703)]
)
def test_a_number_of_answers_that_the_mode_does_not_show_is_refused(mode: Any, count: int) -> None:
    with pytest.raises(ValueError, match=f"{count} answers are not {mode}"):
        view(*["Three."] * count, mode=mode)


def test_no_answers_are_refused() -> None:
    with pytest.raises(ValueError, match="0 answers"):
        view(answers=())


def test_a_part_that_names_a_medium_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="medium 0 of 0"):
        view(media=())


def test_ranking_needs_a_rubric_that_wants_it_and_answers_to_compare() -> None:
    ranked = one_metric(ranking=True)
    assert view(rubric=ranked).ranking
    assert view(rubric=ranked, mode="pairwise").ranking
    assert not view("Three.", rubric=ranked, mode="pointwise").ranking
    assert not view().ranking


def test_labels_follow_the_order_shown() -> None:
    assert view("x", "y", "z").labels == ("A", "B", "C")


def test_the_texts_of_others_are_question_reference_and_answers() -> None:
    turn = Message(role="user", parts=(Part(type="text", text="q"), Part(type="text", text="")))
    seen = view("x", "y", messages=(turn,), media=(), reference="r")
    assert seen.texts == ("q", "", "r", "x", "y")
