"""Means over seeds with 95 % intervals by Student's t."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean, and how far its 95 % interval reaches to each side; NaN for a single value."""

    value: float
    reach: float
    seeds: int

    @property
    def tells(self) -> bool:
        """Whether the interval leaves out 0."""
        return abs(self.value) > self.reach


def mean(values: Sequence[float]) -> Mean:
    """Of values that are independent of each other, one a seed."""
    from scipy import stats

    count = len(values)
    if count < 2:
        return Mean(statistics.fmean(values), math.nan, count)
    spread = statistics.stdev(values) / math.sqrt(count)
    return Mean(statistics.fmean(values), float(stats.t.ppf(0.975, count - 1)) * spread, count)


def paired(one: dict[int, float], other: dict[int, float]) -> Mean:
    """The mean of one - other over the seeds that both have."""
    return mean([one[seed] - other[seed] for seed in sorted(one.keys() & other.keys())])
