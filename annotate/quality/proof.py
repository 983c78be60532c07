"""Whether a judge is proven: its pair accuracy against people, on prompts that nobody chose.

A pair counts where most people prefer one answer; a judge that sees a tie there is half right.
Prompts are weighted by 1 / the probability with which they were drawn.
"""

from math import ceil
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from annotate.quality import shares
from annotate.quality.bootstrap import by_cluster, figure
from schemas.quality import Figure

Floats: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.int64]

COIN = 0.5
FEWEST = 20
"""Prompts below which nothing is proven: an interval over fewer is too narrow."""


def share(prompts: Integers, right: Floats, counted: Floats, n: int, clusters: int) -> Figure:
    """Right over counted, one row a pair or a prompt; `n` is what the share is of.

    A prompt is in the cluster of its number, of so many.
    """
    sums = by_cluster(prompts % clusters, np.column_stack([right, counted]), clusters)
    return shares.share(sums, n)


def correlation(
    prompts: Integers, crossed: Floats, squared: Floats, n: int, clusters: int
) -> Figure:
    """Pearson's about zero, out of sums of products and, in two columns, of squares.

    Differences have no mean of their own: which of two answers comes first is arbitrary.
    """
    sums = by_cluster(prompts % clusters, np.column_stack([crossed, squared]), clusters)
    return figure(lambda total: total[:, 0] / np.sqrt(total[:, 1] * total[:, 2]), sums, n)


def is_proven(accuracy: Figure, bar: float, prompts: int) -> bool:
    """The lower bound is above the bar, over prompts enough for a bound (DESIGN 5.9)."""
    return prompts >= FEWEST and accuracy.low is not None and accuracy.low > bar


def bar_of(longer: Figure) -> float:
    """What a judge must beat: a coin, and the rule "the longer answer" on the same pairs."""
    return max(COIN, longer.value or 0.0)


def more_prompts(accuracy: Figure, prompts: int, wished: float) -> int | None:
    """How many prompts more an interval of the wished half width takes: it shrinks by 1 / sqrt.

    None where there is no interval yet.
    """
    if accuracy.low is None or accuracy.high is None:
        return None
    half = (accuracy.high - accuracy.low) / 2
    return max(0, ceil(round(prompts * (half / wished) ** 2, 6)) - prompts)
