"""Questions whose answers are graded by the picture alone, and for each pair of answers its twin.

A pair is drawn from what answers are worth on a picture. Its twin is the same question with the
same two answers on another picture, on which the other answer is better by as much. A rule that
sees only texts gives both the same verdict and is right on one of the two: 50 %, whatever it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from benchmarks.align.scenes import COLOURS, GRID, MARKS, SHAPES, THINGS, Scene, Thing, filled

NUMBERS = ("none", "one", "two", "three", "four")


@dataclass(frozen=True, slots=True)
class Case:
    """One question on one picture, and two answers: what is asked for, and what each is worth."""

    question: str
    scene: Scene
    truth: str
    chosen: str
    rejected: str
    difference: float
    """What the chosen answer is worth more than the rejected one, from 1 up."""


def counting(rng: Random) -> tuple[Case, Case]:
    """How many of a thing? An answer is worth minus its error, so a difference is 1 to 4."""
    thing = rng.choice(THINGS)
    most = len(NUMBERS) - 1
    while True:
        truth, one, other = (rng.randint(0, most) for _ in range(3))
        difference = abs(other - truth) - abs(one - truth)
        mirrored = one + other - truth
        if difference > 0 and 0 <= mirrored <= most:
            break
    question = f"How many {thing}s ?"

    def case(count: int, chosen: int, rejected: int) -> Case:
        cells = rng.sample(range(GRID * GRID), count)
        others = [each for each in THINGS if each != thing]
        scene = filled(dict.fromkeys(cells, thing), others, rng)
        right, wanted, other = (NUMBERS[number] for number in (count, chosen, rejected))
        return Case(question, scene, right, wanted, other, float(difference))

    return case(truth, one, other), case(mirrored, other, one)


def beside(rng: Random) -> tuple[Case, Case]:
    """What is left of a mark? An answer is worth its right words, so a difference is 1 or 2.

    Each picture has both marks with a thing left of it: which of them is asked for matters.
    """
    while True:
        truth, one, other = (rng.choice(THINGS) for _ in range(3))
        difference = _alike(one, truth) - _alike(other, truth)
        if difference > 0:
            break
    mirrored = Thing(
        _swapped(truth.colour, one.colour, other.colour),
        _swapped(truth.shape, one.shape, other.shape),
    )
    asked, unasked = rng.sample(MARKS, 2)
    question = f"What is left of the {asked.shape} ?"

    def case(found: Thing, chosen: Thing, rejected: Thing) -> Case:
        rows = rng.sample(range(GRID), 2)
        here, there = (row * GRID + rng.randrange(1, GRID) for row in rows)
        placed = {here: asked, here - 1: found, there: unasked, there - 1: rng.choice(THINGS)}
        scene = filled(placed, THINGS, rng)
        return Case(question, scene, str(found), str(chosen), str(rejected), float(difference))

    return case(truth, one, other), case(mirrored, other, one)


KINDS: dict[str, Callable[[Random], tuple[Case, Case]]] = {"counting": counting, "beside": beside}


def words() -> list[str]:
    """Every word of every question and answer."""
    plural = [f"{shape}s" for shape in SHAPES]
    asked = ["How", "many", "What", "is", "left", "of", "the", "?"]
    marks = [mark.shape for mark in MARKS]
    return [*asked, *NUMBERS, *COLOURS, *SHAPES, *plural, *marks]


def _alike(one: Thing, other: Thing) -> int:
    return (one.colour == other.colour) + (one.shape == other.shape)


def _swapped(word: str, one: str, other: str) -> str:
    """The word with the two changed for each other."""
    return {one: other, other: one}.get(word, word)
