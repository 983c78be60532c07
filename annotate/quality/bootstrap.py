"""Intervals by drawing prompts: every statistic is a function of sums over clusters of prompts.

A draw of prompts with replacement is then a weighted sum, so that a thousand draws over any number
of ratings are one product of matrices. Votes of one prompt stay together: they share its answers.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schemas.quality import Figure

Floats = NDArray[np.float64]
Statistic = Callable[[Floats], Floats]
"""From totals, one set a row, to the statistic of each row; NaN where it is not defined."""

DRAWS = 1_000
CLUSTERS = 2_000
"""More prompts than this share clusters: the standard error then varies by 1 / sqrt(2 x 2,000)."""

SEED = 1979
BOUNDS = (2.5, 97.5)
DIGITS = 6
LEAST_DEFINED = 0.5


def figure(statistic: Statistic, sums: Floats, n: float) -> Figure:
    """The statistic of all sums with its 95 % percentile interval (Efron 1979).

    `sums` has a row for every cluster of the workspace, zeros where it has nothing; `n` is what the
    figure is over. Without two clusters, or where half of the draws define nothing, no interval.
    """
    there = np.flatnonzero(np.any(sums != 0, axis=1))
    rows = sums[there]
    with np.errstate(divide="ignore", invalid="ignore"):
        value = number(statistic(rows.sum(axis=0, keepdims=True))[0])
        if value is None or len(rows) < 2:
            return Figure(value=value, n=round(n))
        times = weights(len(sums))
        drawn = statistic((times if len(rows) == len(sums) else times[there]).T @ rows)
    defined = drawn[np.isfinite(drawn)]
    if len(defined) < LEAST_DEFINED * DRAWS:
        return Figure(value=value, n=round(n))
    low, high = (number(bound) for bound in np.percentile(defined, BOUNDS))
    return Figure(value=value, low=low, high=high, n=round(n))


@lru_cache(maxsize=1)
def weights(clusters: int) -> Floats:
    """How often each cluster is in each draw. Shape (clusters, draws)."""
    rng = np.random.default_rng([SEED, clusters])
    drawn = np.empty((DRAWS, clusters))
    for row in drawn:
        row[:] = np.bincount(rng.integers(0, clusters, clusters), minlength=clusters)
    return np.ascontiguousarray(drawn.T)


def clusters_of(prompts: int) -> int:
    """How many clusters so many prompts are put into, by their numbers."""
    return max(1, min(CLUSTERS, prompts))


def by_cluster(place: NDArray[Any], columns: Floats, clusters: int) -> Floats:
    """Rows of the same cluster added up. Shapes (rows,) and (rows, k); the result (clusters, k).

    Places are numbers below `clusters`.
    """
    return np.stack([np.bincount(place, column, clusters) for column in columns.T], axis=1)


def number(value: Any) -> float | None:
    """A finite number in the digits that are told, else None."""
    return round(float(value), DIGITS) if np.isfinite(value) else None
