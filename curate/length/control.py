"""Who wins at equal length: strengths of models and one term for length, fitted together.

As the length-controlled win rate of AlpacaEval 2 (Dubois et al. 2024, arXiv 2404.04475), with one
length term for all models and none for the difficulty of a prompt:

    logit P(one beats other) = strength(one) - strength(other) + phi * tanh(difference / deviation)

There is no intercept, since the answers of a comparison have no order. Newton's method on counted
comparisons: a library's solver would cost more to import than a build of a small workspace takes.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from annotate.quality.newton import minimum, sigmoid

Floats: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.int64]

RIDGE = 0.1
"""The penalty on half of each squared parameter: without it who never lost is infinitely strong."""


@dataclass(frozen=True, slots=True)
class Comparisons:
    """Counted comparisons: `wins` of `n` by `one` over `other`, ties as halves.

    `difference` is one's length less other's, in deviations. Models are numbers from 0; -1 on both
    sides is a comparison of answers whose models are not known.
    """

    one: Integers
    other: Integers
    difference: Floats
    wins: Floats
    n: Floats


@dataclass(frozen=True, slots=True)
class Fit:
    """The strength of each model, in logits, and what one length term adds."""

    strengths: Floats
    phi: float

    @property
    def longer_wins(self) -> float:
        """P(the longer answer wins) between equals, at a difference of one deviation."""
        return float(sigmoid(np.array([self.phi * np.tanh(1.0)]))[0])


@dataclass(frozen=True, slots=True)
class Rates:
    """Per model: its comparisons with others, the share it won, and that at equal length."""

    n: Floats
    won: Floats
    controlled: Floats


def fit(found: Comparisons, models: int) -> Fit:
    """The penalised maximum of the likelihood: it is strictly concave, so there is one."""
    parameters = minimum(
        lambda guess: _objective(found, guess),
        lambda guess: _newton_step(found, guess),
        models + 1,
    )
    return Fit(parameters[:models], float(parameters[models]))


def rates(found: Comparisons, fitted: Fit) -> Rates:
    """A model's rates over its own comparisons, so that the two differ by length alone."""
    models = len(fitted.strengths)
    apart = found.one != found.other
    one, other = found.one[apart], found.other[apart]
    n, wins = found.n[apart], found.wins[apart]
    equal = n * sigmoid(fitted.strengths[one] - fitted.strengths[other])
    total = _by_model(one, n, models) + _by_model(other, n, models)
    with np.errstate(invalid="ignore"):
        won = (_by_model(one, wins, models) + _by_model(other, n - wins, models)) / total
        level = (_by_model(one, equal, models) + _by_model(other, n - equal, models)) / total
    return Rates(total, won, level)


def _objective(found: Comparisons, parameters: Floats) -> float:
    logits = _logits(found, parameters)
    loss = np.logaddexp(0.0, logits) * found.n - logits * found.wins
    return float(loss.sum() + RIDGE / 2 * (parameters @ parameters))


def _newton_step(found: Comparisons, parameters: Floats) -> Floats:
    """Where the curvature and the slope at these parameters say that the maximum is."""
    models = len(parameters) - 1
    length = np.tanh(found.difference)
    chance = sigmoid(_logits(found, parameters))
    missing = found.wins - found.n * chance
    weight = found.n * chance * (1 - chance)
    slope = np.append(_net(found, missing, models), missing @ length) - RIDGE * parameters
    curvature = RIDGE * np.eye(models + 1)
    curvature[:models, :models] += _laplacian(found, weight, models)
    crossed = _net(found, weight * length, models)
    curvature[:models, models] += crossed
    curvature[models, :models] += crossed
    curvature[models, models] += weight @ length**2
    return np.asarray(np.linalg.solve(curvature, slope), np.float64)


def _logits(found: Comparisons, parameters: Floats) -> Floats:
    strengths = np.append(parameters[:-1], 0.0)
    apart = strengths[found.one] - strengths[found.other]
    return np.asarray(apart + parameters[-1] * np.tanh(found.difference), np.float64)


def _laplacian(found: Comparisons, weight: Floats, models: int) -> Floats:
    """The curvature in the strengths: the comparisons as the edges of a graph of models."""
    named = found.one >= 0
    places = found.one[named] * models + found.other[named]
    counted = np.bincount(places, weight[named], models * models).reshape(models, models)
    edges = np.asarray(counted + counted.T, np.float64)
    return np.diag(edges.sum(axis=0)) - edges


def _net(found: Comparisons, values: Floats, models: int) -> Floats:
    """For each model the values of comparisons in which it is `one`, less those as `other`."""
    named = found.one >= 0
    return _by_model(found.one[named], values[named], models) - _by_model(
        found.other[named], values[named], models
    )


def _by_model(numbers: Integers, values: Floats, models: int) -> Floats:
    return np.asarray(np.bincount(numbers, values, models), np.float64)
