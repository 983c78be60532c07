"""How reliable raters are by the votes alone: Dawid and Skene (1979), unknown truth, by EM.

An item is two answers, a label 1, 0 or -1 for the one, a tie or the other. Which of the two is
called the one is chance, so every item counts in both orientations: the prior and each rater's
confusions are the same for either side. Items with the same votes are one pattern with a count.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotate.quality.bootstrap import Floats

Numbers = NDArray[np.int64]
LABELS = 3
ROUNDS = 100
TOLERANCE = 1e-5
SMOOTHING = 0.1
"""Votes that each rater is taken to have given on every truth and label beside the real ones."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """Votes on items. Shapes: `counts` (patterns,), the rest (votes,); `label` is 0, 1, 2.

    `pattern` and `rater` are places from 0; labels are votes plus one, so 1 is a tie.
    """

    pattern: Numbers
    rater: Numbers
    label: Numbers
    counts: Floats

    @classmethod
    def of(cls, item: Any, rater: Any, vote: Any) -> "Patterns":
        """Patterns of votes given one by one, an item each."""
        known, place = np.unique(np.asarray(item), return_inverse=True)
        votes = np.asarray(vote, dtype=np.int64) + 1
        return cls(place, np.asarray(rater, dtype=np.int64), votes, np.ones(len(known)))


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model finds. Shapes: `truth` (patterns, 3), `confusion` (raters, 3, 3).

    `confusion[r, t, l]` is the probability that rater r says l where t is true; `truth` is the
    probability of each truth, in the order of labels.
    """

    truth: Floats
    confusion: Floats
    prior: Floats


def read(votes: Patterns, raters: int, smoothing: float = SMOOTHING) -> Reading:
    """The model fitted from the share of votes on, until no confusion moves any more."""
    ones = np.ones(len(votes.label))
    truth = added(votes.pattern * LABELS + votes.label, ones, (len(votes.counts), LABELS))
    truth /= truth.sum(axis=1, keepdims=True)
    confusion, prior = _learned(votes, truth, raters, smoothing)
    for _ in range(ROUNDS):
        truth = _believed(votes, confusion, prior)
        before = confusion
        confusion, prior = _learned(votes, truth, raters, smoothing)
        if np.abs(confusion - before).max(initial=0) < TOLERANCE:
            break
    return Reading(truth, confusion, prior)


def right(votes: Patterns, reading: Reading) -> Floats:
    """The probability that each vote says what is true. Shape (votes,)."""
    found: Floats = reading.truth[votes.pattern, votes.label]
    return found


def opposite(votes: Patterns, reading: Reading) -> Floats:
    """The probability that each vote prefers the worse answer. Shape (votes,)."""
    other: Floats = reading.truth[votes.pattern, LABELS - 1 - votes.label]
    return np.where(votes.label == 1, 0.0, other)


def added(place: Numbers, values: Floats, shape: tuple[int, ...]) -> Floats:
    """Values added up by place, in a fixed order: the same bytes each time."""
    sums = np.bincount(place, values, minlength=int(np.prod(shape)))
    return sums.astype(np.float64).reshape(shape)


def _learned(
    votes: Patterns, truth: Floats, raters: int, smoothing: float
) -> tuple[Floats, Floats]:
    """The M-step: confusions and prior, each made even in both orientations."""
    weighted = truth[votes.pattern] * votes.counts[votes.pattern, None]
    place = votes.rater * LABELS + votes.label
    counts = np.stack(
        [added(place, weighted[:, true], (raters, LABELS)) for true in range(LABELS)], axis=1
    )
    counts = counts + counts[:, ::-1, ::-1] + smoothing
    prior = votes.counts @ truth
    prior = prior + prior[::-1]
    totals = counts.sum(axis=2, keepdims=True)
    return counts / np.where(totals > 0, totals, 1), prior / prior.sum()


def _believed(votes: Patterns, confusion: Floats, prior: Floats) -> Floats:
    """The E-step: the probability of each truth of each pattern."""
    logs = np.log(np.maximum(confusion, 1e-300))[votes.rater, :, votes.label]
    shape = (len(votes.counts),)
    belief = np.stack([added(votes.pattern, logs[:, t], shape) for t in range(LABELS)], axis=1)
    belief += np.log(np.maximum(prior, 1e-300))
    belief = np.exp(belief - belief.max(axis=1, keepdims=True))
    found: Floats = belief / belief.sum(axis=1, keepdims=True)
    return found
