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

from annotate.quality.newton import minimum, sigmoid

Floats: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.int64]

FOLDS = 5
RIDGE = 0.1
"""The penalty on half of each squared slope, of differences in deviations: else a judge that is
never wrong would be infinitely sure."""


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


def _newton(columns: Floats, votes: Votes) -> Floats:
    weight = votes.weight / votes.weight.mean()
    ridge = RIDGE * np.eye(columns.shape[1])

    def step(slopes: Floats) -> Floats:
        chance = sigmoid(columns @ slopes)
        gradient = columns.T @ (weight * (votes.wins - chance)) - RIDGE * slopes
        curvature = (columns.T * (weight * chance * (1 - chance))) @ columns + ridge
        return np.asarray(np.linalg.solve(curvature, gradient), np.float64)

    return minimum(
        lambda slopes: _loss(columns, votes.wins, weight, slopes), step, columns.shape[1]
    )


def _loss(columns: Floats, wins: Floats, weight: Floats, slopes: Floats) -> float:
    logits = columns @ slopes
    loss = weight * (np.logaddexp(0.0, logits) - wins * logits)
    return float(loss.sum() + RIDGE / 2 * (slopes @ slopes))


def _deviation(values: Floats, weight: Floats) -> float:
    """The root mean square, since which answer is the one is arbitrary; 1 where all are 0."""
    found = float(np.sqrt(np.average(values**2, weights=weight)))
    return found or 1.0
