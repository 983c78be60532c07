"""Items of known difficulty and raters of known ability: what GLAD finds beside Dawid and Skene.

Everybody may vote on anything, or hard items go to one half of the raters five times as often as to
the other, and easy ones the other way round: those raters then look worse than they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.stats import spearmanr

from annotate.quality import dawid_skene, glad
from annotate.quality.agreement import mean
from annotate.quality.bootstrap import Floats, figure
from annotate.quality.dawid_skene import LABELS, Patterns
from benchmarks.simulate.outcome import Outcome

RUNS, ITEMS, RATERS = 20, 3_000, 12
SELDOM = 0.2


@dataclass(frozen=True, slots=True)
class Known:
    """Votes whose making is known. Shapes: `ability` (raters,), `ease` (items,)."""

    ability: Floats
    ease: Floats
    votes: Patterns

    @classmethod
    def drawn(cls, rng: np.random.Generator, each: int, seldom: float = 1.0) -> Self:
        """`each` raters an item; `seldom` is how often the wrong half meets it, of how often."""
        ability, ease = rng.uniform(0.3, 2.5, RATERS), np.exp(rng.normal(1, 1, ITEMS))
        hard, first = ease < np.median(ease), np.arange(RATERS) < RATERS // 2
        chance = np.where(hard[:, None] == first, 1.0, seldom)
        # Gumbel's trick: the largest of these are a draw without replacement by these chances.
        rater = np.argsort(-(np.log(chance) + rng.gumbel(size=chance.shape)), axis=1)[:, :each]
        truth = rng.integers(0, LABELS, (ITEMS, 1))
        right = rng.random(rater.shape) < 1 / (1 + np.exp(-ability[rater] * ease[:, None]))
        wrong = (truth + rng.integers(1, LABELS, rater.shape)) % LABELS
        votes = np.where(right, truth, wrong) - 1
        item = np.repeat(np.arange(ITEMS), each)
        return cls(ability, ease, Patterns.of(item, rater.ravel(), votes.ravel()))


def outcomes() -> Iterator[Outcome]:
    """Rank correlations with the truth, the mean of all runs."""
    for number, each in enumerate((3, 5)):
        made = [Known.drawn(np.random.default_rng([24, number, it]), each) for it in range(RUNS)]
        found = [_order(glad.read(it.votes, RATERS).ease, it.ease) for it in made]
        yield _outcome(f"rank correlation of difficulty, {each} votes an item", found, 0.3)
    for number, each in enumerate((3, 5)):
        rngs = [np.random.default_rng([25, number, it]) for it in range(RUNS)]
        made = [Known.drawn(rng, each, SELDOM) for rng in rngs]
        ours = [_order(glad.read(it.votes, RATERS).ability, it.ability) for it in made]
        theirs = [_order(_shares(it.votes), it.ability) for it in made]
        name = (
            f"rank correlation of ability, GLAD less Dawid-Skene, {each} votes an item, hard ones "
            f"to some ({np.mean(ours):.3f} against {np.mean(theirs):.3f})"
        )
        yield _outcome(name, np.subtract(ours, theirs).tolist(), 0.0)


def _order(found: Floats, true: Floats) -> float:
    return float(spearmanr(found, true).statistic)


def _shares(votes: Patterns) -> Floats:
    """Of each rater how often a vote is right, by Dawid and Skene, the mean over truths."""
    confusion = dawid_skene.read(votes, RATERS).confusion
    shares: Floats = np.diagonal(confusion, axis1=1, axis2=2).mean(axis=1)
    return shares


def _outcome(name: str, found: list[float], target: float) -> Outcome:
    told = figure(mean, np.column_stack([np.ones(len(found)), found]), len(found))
    return Outcome(name, told.value or 0.0, told.low, told.high, target)
