"""Preferences of which all is known: pictures, worth of answers, and which labels are wrong."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from benchmarks.align.questions import KINDS, Case
from benchmarks.align.scenes import drawn, png

RATE = 0.8
"""Logits of preference for a unit of worth: how surely a Bradley-Terry rater tells answers."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One preference on one picture. `truth` is the right answer, which neither side needs be.

    `difference` is what chosen is worth more than rejected by the picture, negative where the
    label is wrong; `delta` is what a reward model says of it, in logits.
    """

    kind: str
    question: str
    picture: bytes
    truth: str
    chosen: str
    rejected: str
    difference: float
    delta: float | None = None

    @property
    def flipped(self) -> "Pair":
        """The same by a rater who errs. A reward model is not asked again: its delta turns too."""
        return replace(
            self,
            chosen=self.rejected,
            rejected=self.chosen,
            difference=-self.difference,
            delta=None if self.delta is None else -self.delta,
        )


def pairs(count: int, seed: str) -> list[Pair]:
    """Twins next to each other, kinds in turn. The same seed gives the same bytes."""
    rng = Random(seed)
    found: list[Pair] = []
    while len(found) < count:
        for kind, ask in KINDS.items():
            found += [_pair(kind, case, rng) for case in ask(rng)]
    return found[:count]


def flipped(rows: Sequence[Pair], share: float, seed: int) -> list[Pair]:
    """The rows with exactly that share of the labels wrong, drawn by seed."""
    wrong = set(Random(f"flipped {seed}").sample(range(len(rows)), round(share * len(rows))))
    return [row.flipped if place in wrong else row for place, row in enumerate(rows)]


def rated(rows: Sequence[Pair], seed: int) -> list[Pair]:
    """The rows as Bradley-Terry raters label them: small differences are often wrong."""
    rng = Random(f"rated {seed}")
    wrong = [1 / (1 + math.exp(RATE * row.difference)) for row in rows]
    return [
        row.flipped if rng.random() < share else row for row, share in zip(rows, wrong, strict=True)
    ]


def scored(rows: Sequence[Pair], noise: float, seed: int) -> list[Pair]:
    """The rows with a reward model's delta: the true one in logits, and normal noise on it."""
    rng = Random(f"scored {seed}")
    return [replace(row, delta=RATE * row.difference + noise * rng.gauss(0, 1)) for row in rows]


def shuffled(rows: Sequence[Pair], seed: int) -> list[Pair]:
    """The rows with each other's deltas: as many of each size, and they tell nothing."""
    deltas = [row.delta for row in rows]
    Random(f"shuffled {seed}").shuffle(deltas)
    return [replace(row, delta=delta) for row, delta in zip(rows, deltas, strict=True)]


def _pair(kind: str, case: Case, rng: Random) -> Pair:
    picture = png(drawn(case.scene, rng))
    return Pair(
        kind, case.question, picture, case.truth, case.chosen, case.rejected, case.difference
    )
