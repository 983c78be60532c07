"""Reliability of raters out of their votes, and the weights that a build gives them.

Refused, with the reason, where the votes cannot tell raters from items: below three raters an item
a disagreement has no majority, and below twenty items a share is noise.
"""

from dataclasses import dataclass

import numpy as np

from annotate.quality.bootstrap import Floats
from annotate.quality.dawid_skene import LABELS, Patterns, Reading
from schemas.counted import counted

RATERS_AN_ITEM = 3
ITEMS_A_RATER = 20
LEAST_WEIGHT = 0.1
"""So that two answers that only weak raters compared still have a preference."""


@dataclass(frozen=True, slots=True)
class Record:
    """How a rater's votes stand to what is probably true. All are expected counts of votes."""

    votes: float
    right: float
    preferred: float
    opposed: float

    @property
    def skill(self) -> float:
        """Right preferences less opposite ones, of 1 where a preference is true: 0 is chance."""
        truths = self.preferred + self.opposed
        return (self.preferred - self.opposed) / truths if truths else 0.0


def why_not(items: float) -> str | None:
    """Why a rater with so many items that three raters voted on has no reliability."""
    if items >= ITEMS_A_RATER:
        return None
    if items == 0:
        return f"no item with the votes of {RATERS_AN_ITEM} raters"
    return (
        f"{counted(round(items), 'item')} with the votes of {RATERS_AN_ITEM} raters, "
        f"{ITEMS_A_RATER} are asked"
    )


def records(votes: Patterns, reading: Reading, raters: int) -> list[Record]:
    """The record of each rater, in the order of their places."""
    counts = votes.counts[votes.pattern]
    truth = reading.truth[votes.pattern]
    told = votes.label != 1
    own = truth[np.arange(len(votes.label)), votes.label] * counts
    other = truth[np.arange(len(votes.label)), LABELS - 1 - votes.label] * counts
    columns = (counts, own, np.where(told, own, 0), np.where(told, other, 0))
    sums = [np.bincount(votes.rater, column, minlength=raters) for column in columns]
    return [Record(*map(float, row)) for row in zip(*sums, strict=True)]


def weights(found: list[Record]) -> Floats:
    """A weight for each rater, 1 on average: the log-odds of a right preference.

    That is what makes a weighted majority of independent raters most often right (Nitzan and
    Paroush 1982). One vote either way is added, so that nobody is infallible; raters at chance or
    worse have LEAST_WEIGHT, and so has everybody the weight 1 where nobody is better than chance.
    """
    preferred = np.array([it.preferred for it in found]) + 1
    opposed = np.array([it.opposed for it in found]) + 1
    odds = np.maximum(np.log(preferred / opposed), 0.0)
    if not odds.any():
        return np.ones(len(found))
    found_weights: Floats = np.maximum(odds / odds.mean(), LEAST_WEIGHT)
    return found_weights
