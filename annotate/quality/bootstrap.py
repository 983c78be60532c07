"""Intervals by drawing prompts: every statistic is a function of sums over clusters of prompts.

A draw of prompts with replacement is then a weighted sum, so that a thousand draws over any number
of ratings are one product of matrices. Votes of one prompt stay together: they share its answers.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schemas.quality import Figure

Floats = NDArray[np.float64]
Statistic = Callable[[Floats], Floats]
"""From totals, one a row, to the statistic of each row; NaN where it is not defined."""

DRAWS = 1_000
CLUSTERS = 2_000
"""More prompts than this share clusters: the standard error then varies by 1 / sqrt(2 x 2,000)."""

SEED = 1979
BOUNDS = (2.5, 97.5)
DIGITS = 6
LEAST_DEFINED = 0.5


def figure(statistic: Statistic, sums: Any, n: float, draws: int = DRAWS) -> Figure:
    """The statistic of all sums with its 95 % percentile interval (Efron 1979).

    `sums` has a row a cluster; `n` is what the figure is over. Rows of zeros are no clusters.
    """
    rows = np.asarray(sums, dtype=np.float64)
    rows = rows[np.any(rows != 0, axis=1)]
    with np.errstate(divide="ignore", invalid="ignore"):
        value = _number(statistic(rows.sum(axis=0, keepdims=True))[0])
        if value is None or len(rows) < 2:
            return Figure(value=value, n=round(n))
        drawn = statistic(weights(len(rows), draws) @ rows)
    defined = drawn[np.isfinite(drawn)]
    if len(defined) < LEAST_DEFINED * draws:
        return Figure(value=value, n=round(n))
    low, high = (_number(bound) for bound in np.percentile(defined, BOUNDS))
    return Figure(value=value, low=low, high=high, n=round(n))


@cache
def weights(clusters: int, draws: int = DRAWS) -> Floats:
    """How often each cluster is in each draw. Shape (draws, clusters); rows sum to `clusters`."""
    rng = np.random.default_rng([SEED, clusters])
    drawn = np.empty((draws, clusters))
    for row in drawn:
        row[:] = np.bincount(rng.integers(0, clusters, clusters), minlength=clusters)
    return drawn


def by_cluster(clusters: NDArray[Any], columns: Floats) -> Floats:
    """Rows of the same cluster added up. Shapes (rows,) and (rows, k); the result has k columns."""
    known, place = np.unique(clusters, return_inverse=True)
    sums = np.zeros((len(known), columns.shape[1]))
    np.add.at(sums, place, columns)
    return sums


def _number(value: Any) -> float | None:
    return round(float(value), DIGITS) if np.isfinite(value) else None
