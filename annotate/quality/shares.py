"""Shares and their intervals over prompts, by Wilson's formula where a bootstrap has too little.

Draws of a few prompts are too alike, and where all prompts have the same share no draw can differ:
three wins out of three would be certain.
"""

import numpy as np

from annotate.quality.bootstrap import Floats, figure, number
from schemas.intervals import Interval, wilson
from schemas.quality import Figure

FEW = 20
"""Prompts below which intervals are Wilson's: of 95 % by draws of 5 prompts 42 to 94 % hold."""

CERTAIN = (0.0, 1.0)
SAME = 1e-9


def share(sums: Floats, n: float, ends: Interval = CERTAIN) -> Figure:
    """A part over a whole, or a mean of what lies between `ends`, with its 95 % interval.

    `sums` has a row for every cluster of prompts, part and whole; `n` is what the figure is over.
    The bootstrap's interval; Wilson's below FEW clusters and where all have the same share. That
    takes clusters as so many as give a mean by their wholes its variance (Kish 1965), and is wide:
    nothing between two ends varies more than what is only at the ends. One cluster has no interval.
    """
    found = figure(lambda total: total[:, 0] / total[:, 1], sums, n)
    part, whole = sums[sums[:, 1] > 0].T
    if found.value is None or found.low is None:
        return found
    shares = part / whole
    if len(whole) >= FEW and np.ptp(shares) > SAME:
        return found
    least, most = ends
    width = most - least
    at = min(max((part.sum() / whole.sum() - least) / width, 0.0), 1.0)
    low, high = wilson(at, whole.sum() ** 2 / (whole @ whole))
    return found.model_copy(
        update={"low": number(least + width * low), "high": number(least + width * high)}
    )
