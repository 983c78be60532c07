"""One rater's steps against another's: Cohen's kappa, weighted by the square of the distance."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]


def weighted_kappa(one: Floats, other: Floats, weight: Floats) -> float | None:
    """1 - observed / expected squared distance (Cohen 1968), by cells of a table of steps.

    None where one of both never differs from the other's only step: chance would agree as well.
    """
    total = weight.sum()
    if not total:
        return None
    observed = (weight * (one - other) ** 2).sum() / total
    first, second = _moments(one, weight), _moments(other, weight)
    expected = first[1] + second[1] - 2 * first[0] * second[0]
    return float(1 - observed / expected) if expected > 0 else None


def _moments(values: Floats, weight: Floats) -> tuple[float, float]:
    """The mean and the mean square."""
    mean, square = (np.average(values**power, weights=weight) for power in (1, 2))
    return float(mean), float(square)
