"""Questions whose answers are graded by the picture alone, and for each pair of answers its twin.

A pair is drawn from what answers are worth on a picture. Its twin is the same question with the
same two answers on another picture, on which the other answer is better by as much. A rule that
sees only texts gives both the same verdict and is right on one of the two: 50 %, whatever it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from benchmarks.align.scenes import COLOURS, GRID, SHAPES, THINGS, Scene, Thing, filled

NUMBERS = ("none", "one", "two", "three", "four")


@dataclass(frozen=True, slots=True)
class Case:
    """One question on one picture, and two answers: what is asked for, and what each is worth."""

    question: str
    scene: Scene
    truth: str
    chosen: str
    rejected: str
    delta: float
    """What the chosen answer is worth more than the rejected one, from 1 up."""


def counting(rng: Random) -> tuple[Case, Case]:
    """How many of a thing? An answer is worth minus its error, so a difference is 1 to 4."""
    thing = rng.choice(THINGS)
    most = len(NUMBERS) - 1
    while True:
        truth, one, other = (rng.randint(0, most) for _ in range(3))
        delta = abs(other - truth) - abs(one - truth)
        mirrored = one + other - truth
        if delta > 0 and 0 <= mirrored <= most:
            break
    question = f"How many {thing}s ?"

    def case(count: int, chosen: int, rejected: int) -> Case:
        cells = rng.sample(range(GRID * GRID), count)
        others = [each for each in THINGS if each != thing]
        scene = filled(dict.fromkeys(cells, thing), others, rng)
        words = (NUMBERS[number] for number in (count, chosen, rejected))
        return Case(question, scene, *words, float(delta))

    return case(truth, one, other), case(mirrored, other, one)


def beside(rng: Random) -> tuple[Case, Case]:
    """What is left of a thing? An answer is worth its right words, so a difference is 1 or 2."""
    asked = rng.choice(THINGS)
    others = [thing for thing in THINGS if thing != asked]
    while True:
        truth, one, other = (rng.choice(others) for _ in range(3))
        delta = _alike(one, truth) - _alike(other, truth)
        mirrored = Thing(
            _swapped(truth.colour, one.colour, other.colour),
            _swapped(truth.shape, one.shape, other.shape),
        )
        if delta > 0 and mirrored != asked:
            break
    question = f"What is left of the {asked} ?"

    def case(found: Thing, chosen: Thing, rejected: Thing) -> Case:
        cell = rng.choice([place for place in range(GRID * GRID) if place % GRID])
        scene = filled({cell: asked, cell - 1: found}, others, rng)
        return Case(question, scene, str(found), str(chosen), str(rejected), float(delta))

    return case(truth, one, other), case(mirrored, other, one)


KINDS: dict[str, Callable[[Random], tuple[Case, Case]]] = {"counting": counting, "beside": beside}


def words() -> list[str]:
    """Every word of every question and answer."""
    plural = [f"{shape}s" for shape in SHAPES]
    asked = "How many What is left of the ?".split()
    return [*asked, *NUMBERS, *COLOURS, *SHAPES, *plural]


def _alike(one: Thing, other: Thing) -> int:
    return (one.colour == other.colour) + (one.shape == other.shape)


def _swapped(word: str, one: str, other: str) -> str:
    """The word with the two changed for each other."""
    return {one: other, other: one}.get(word, word)
