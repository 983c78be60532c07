"""How well said probabilities are what people do: Brier score, reliability, risk and coverage."""

from dataclasses import dataclass

import numpy as np

from annotate.quality.calibration import Floats, Votes
from annotate.quality.newton import sigmoid

BINS = 10
POINTS = 20


def brier(votes: Votes, logits: Floats) -> float:
    """The mean squared distance of a probability from a vote (Brier 1950); always one half: 1/4."""
    chance = sigmoid(logits)
    squares = votes.wins * (1 - chance) ** 2 + (1 - votes.wins) * chance**2
    return float(np.average(squares, weights=votes.weight * votes.people))


@dataclass(frozen=True, slots=True)
class Bin:
    """Pairs of about one certainty: the mean of what was said, the mean of what people voted."""

    said: float
    found: float
    pairs: int
    weight: float


def reliability(votes: Votes, logits: Floats, *, bins: int = BINS) -> list[Bin]:
    """Bins of equally many pairs, each pair seen from the side that the judge prefers.

    Pairs on which it has no preference say nothing of its certainty and are left out.
    """
    towards = np.where(votes.difference >= 0, 1.0, -1.0)
    kept = votes.difference != 0
    said = sigmoid(logits * towards)[kept]
    found = np.where(towards > 0, votes.wins, 1 - votes.wins)[kept]
    weight = (votes.weight * votes.people)[kept]
    order = np.argsort(said, kind="stable")
    return [
        Bin(
            float(np.average(said[part], weights=weight[part])),
            float(np.average(found[part], weights=weight[part])),
            len(part),
            float(weight[part].sum()),
        )
        for part in np.array_split(order, min(bins, max(1, len(order))))
        if len(part)
    ]


def expected_error(found: list[Bin]) -> float:
    """Expected calibration error: the bins' |said - found|, weighted (Naeini et al. 2015)."""
    weight = sum(one.weight for one in found)
    return sum(one.weight * abs(one.said - one.found) for one in found) / weight if weight else 0.0


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of the surest pairs this share, and the share of them that people decide otherwise."""

    share: float
    error: float


def risk_coverage(votes: Votes, *, points: int = POINTS) -> list[Coverage]:
    """The error among the surest pairs, for growing shares of them (El-Yaniv and Wiener 2010).

    Surest is the largest difference; a vote for a tie is half an error.
    """
    towards = np.where(votes.difference >= 0, votes.wins, 1 - votes.wins)
    error = np.where(votes.difference == 0, 0.5, 1 - towards)
    weight = votes.weight * votes.people
    order = np.argsort(-np.abs(votes.difference), kind="stable")
    covered, wrong = np.cumsum(weight[order]), np.cumsum((weight * error)[order])
    ends = np.unique(np.linspace(0, len(order), points + 1).astype(np.int64)[1:]) - 1
    return [
        Coverage(float(covered[end] / covered[-1]), float(wrong[end] / covered[end]))
        for end in ends[ends >= 0]
    ]
