"""Dynamic Reward Scaling (MM-RLHF, equation 5): how strongly DPO holds a pair by its margin."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median, pstdev

NEAR = 0.9
"""Of the way from beta to (1 + w) beta: a row beyond it is at its bound in all but name."""

MOST = 0.9
"""Of all rows: where more are at the bound, beta hardly differs between pairs."""


@dataclass(frozen=True, slots=True)
class Betas:
    """The betas of a set's rows: mean, standard deviation, extremes, and the share near the bound.

    `bound` is (1 + w) beta; `k` is where the median of the deltas above 0 is half of the way.
    """

    mean: float
    deviation: float
    least: float
    most: float
    bound: float
    near: float
    k: float

    @property
    def saturated(self) -> bool:
        """Whether nearly all rows are near the bound."""
        return self.near >= MOST


def betas_of(deltas: Sequence[float | None], *, beta: float, w: float, k: float) -> Betas | None:
    """What Dynamic Reward Scaling makes of these deltas; None where it does nothing."""
    known = [delta for delta in deltas if delta is not None and delta > 0]
    if not known or not w or not k:
        return None
    found = [scaled_beta(delta, beta=beta, w=w, k=k) for delta in deltas]
    threshold = beta * (1 + NEAR * w)
    return Betas(
        mean=fmean(found),
        deviation=pstdev(found),
        least=min(found),
        most=max(found),
        bound=(1 + w) * beta,
        near=sum(one > threshold for one in found) / len(found),
        k=math.log(2) / median(known),
    )


def scaled_beta(delta: float | None, *, beta: float, w: float, k: float) -> float:
    """Beta (1 + w (1 - exp(-k delta))), held within [beta, (1 + w) beta]; beta where null.

    `delta` is the reward difference r(chosen) - r(rejected), in logits.
    """
    if delta is None or math.isnan(delta):
        return beta
    return min(beta * (1 - w * math.expm1(-k * max(delta, 0.0))), (1 + w) * beta)
