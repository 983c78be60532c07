"""How surely people prefer what a judge prefers: one slope over its differences, no intercept.

    P(people prefer a to b) = sigmoid(beta * d(a, b))

There is no intercept, since two answers have no order: swapped, both sides of the equation turn
over. Platt scaling (Platt 1999) with the constant left out. What a fit is worth is measured on
prompts that it has not seen: in folds of whole leakage groups.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.int64]

FOLDS = 5
BINS = 10
POINTS = 20
RIDGE = 0.1
"""The penalty on half of each squared slope, of differences in deviations: else a judge that is
never wrong would be infinitely sure."""

CLOSE = 1e-12
MOST_STEPS = 100


@dataclass(frozen=True, slots=True)
class Votes:
    """Pairs of answers that people and a judge compared, one row a pair.

    `difference` is the judge's, of one answer less the other, as a share of the widest; `wins` is
    the share of people's votes for the one, ties as halves; `people` counts the votes; `weight` is
    1 / the probability with which the prompt was drawn. `length` is the difference in characters.
    """

    difference: Floats
    length: Floats
    wins: Floats
    people: Floats
    weight: Floats

    def at(self, rows: "npt.NDArray[np.bool_]") -> "Votes":
        """These rows of it."""
        return Votes(
            self.difference[rows],
            self.length[rows],
            self.wins[rows],
            self.people[rows],
            self.weight[rows],
        )


@dataclass(frozen=True, slots=True)
class Slopes:
    """`beta` for a difference of 1, `phi` for tanh(length / deviation), 0 where left out."""

    beta: float
    phi: float
    deviation: float

    def logits(self, votes: Votes) -> Floats:
        """Logit P(people prefer the one) of each pair."""
        found: Floats = self.beta * votes.difference
        if self.phi:
            found = found + self.phi * np.tanh(votes.length / self.deviation)
        return found


def fit(votes: Votes, *, with_length: bool = False) -> Slopes:
    """The penalised maximum of the likelihood of people's votes; 0 where nothing differs."""
    deviation = _deviation(votes.length, votes.weight)
    scale = _deviation(votes.difference, votes.weight)
    columns = [votes.difference / scale]
    if with_length:
        columns.append(np.tanh(votes.length / deviation))
    slopes = _newton(np.column_stack(columns), votes)
    return Slopes(float(slopes[0] / scale), float(slopes[1]) if with_length else 0.0, deviation)


def out_of_fold(votes: Votes, groups: Integers, *, folds: int = FOLDS) -> Floats:
    """The logit of each pair by a fit without its fold; a group is in one fold whole.

    `groups` come in an order that has nothing to do with votes, e.g. that of a hash. NaN where
    there are not two groups.
    """
    names, places = np.unique(groups, return_inverse=True)
    fold = places % min(folds, len(names))
    found = np.full(len(groups), np.nan)
    for number in range(min(folds, len(names))):
        kept = fold != number
        if kept.any():
            found[~kept] = fit(votes.at(kept)).logits(votes.at(~kept))
    return found


def brier(votes: Votes, logits: Floats) -> float:
    """The mean squared distance of a probability from a vote (Brier 1950); always one half: 1/4."""
    chance = _sigmoid(logits)
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
    said = _sigmoid(logits * towards)[kept]
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


def _newton(columns: Floats, votes: Votes) -> Floats:
    """Newton's method on a strictly concave likelihood; a step that overshoots is halved."""
    weight = votes.weight / votes.weight.mean()
    slopes: Floats = np.zeros(columns.shape[1])
    value = _loss(columns, votes.wins, weight, slopes)
    for _ in range(MOST_STEPS):
        chance = _sigmoid(columns @ slopes)
        gradient = columns.T @ (weight * (votes.wins - chance)) - RIDGE * slopes
        curvature = (columns.T * (weight * chance * (1 - chance))) @ columns
        step = np.linalg.solve(curvature + RIDGE * np.eye(len(slopes)), gradient)
        size = 1.0
        while (moved := _loss(columns, votes.wins, weight, slopes + size * step)) > value:
            size /= 2
            if size < CLOSE:
                return slopes
        slopes, value = slopes + size * step, moved
        if np.abs(size * step).max() < CLOSE:
            break
    return slopes


def _loss(columns: Floats, wins: Floats, weight: Floats, slopes: Floats) -> float:
    logits = columns @ slopes
    loss = weight * (np.logaddexp(0.0, logits) - wins * logits)
    return float(loss.sum() + RIDGE / 2 * (slopes @ slopes))


def _deviation(values: Floats, weight: Floats) -> float:
    """The root mean square, since which answer is the one is arbitrary; 1 where all are 0."""
    found = float(np.sqrt(np.average(values**2, weights=weight)))
    return found or 1.0


def _sigmoid(logits: Floats) -> Floats:
    found: Floats = np.exp(-np.logaddexp(0.0, -logits))
    return found
