"""The synthetic questions: graded by what is drawn, and twins that texts cannot tell apart."""

from collections.abc import Iterator
from random import Random

import pytest

from benchmarks.align.questions import KINDS, NUMBERS, Case, words
from benchmarks.align.scenes import GRID, SIDE, Thing, drawn


def twins(kind: str, count: int = 200) -> Iterator[tuple[Case, Case]]:
    rng = Random(f"test {kind}")
    for _ in range(count):
        yield KINDS[kind](rng)


def found_in(case: Case) -> str:
    """The answer by looking at the scene: the oracle."""
    asked = case.question.split()
    if asked[:2] == ["How", "many"]:
        thing = Thing(asked[2], asked[3].removesuffix("s"))
        return NUMBERS[sum(it == thing for it in case.scene.values())]
    mark = asked[-2]
    (cell,) = [cell for cell, thing in case.scene.items() if thing.shape == mark]
    return str(case.scene[cell - 1])


def worth(answer: str, truth: str) -> int:
    if truth in NUMBERS:
        return -abs(NUMBERS.index(answer) - NUMBERS.index(truth))
    return sum(one == other for one, other in zip(answer.split(), truth.split(), strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_the_truth_is_what_the_scene_shows(kind: str) -> None:
    for case in (case for both in twins(kind) for case in both):
        assert case.truth == found_in(case)


@pytest.mark.parametrize("kind", KINDS)
def test_chosen_is_worth_more_by_the_difference(kind: str) -> None:
    for case in (case for both in twins(kind) for case in both):
        found = worth(case.chosen, case.truth) - worth(case.rejected, case.truth)
        assert case.difference == found > 0


@pytest.mark.parametrize("kind", KINDS)
def test_twins_ask_the_same_and_prefer_the_other_answer(kind: str) -> None:
    for one, other in twins(kind):
        assert one.question == other.question
        assert (one.chosen, one.rejected) == (other.rejected, other.chosen)
        assert one.difference == other.difference


def test_differences_come_in_several_sizes() -> None:
    assert {one.difference for one, _ in twins("counting")} == {1, 2, 3, 4}
    assert {one.difference for one, _ in twins("beside")} == {1, 2}


def test_some_pairs_are_of_two_wrong_answers() -> None:
    for kind in KINDS:
        assert any(one.truth not in {one.chosen, one.rejected} for one, _ in twins(kind))


def test_the_tokenizer_knows_every_word() -> None:
    known = set(words())
    for kind in KINDS:
        for case in (case for both in twins(kind) for case in both):
            assert set(f"{case.question} {case.chosen} {case.rejected}".split()) <= known


def test_a_picture_shows_a_thing_in_its_cell_alone() -> None:
    cell = SIDE // GRID
    picture = drawn({4: Thing("red", "circle")}, Random(0))
    red = [
        (x // cell, y // cell)
        for x in range(SIDE)
        for y in range(SIDE)
        if picture.getpixel((x, y)) == (220, 40, 40)
    ]
    assert len(red) > 40
    assert set(red) == {(1, 1)}
