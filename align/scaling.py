"""Dynamic Reward Scaling (MM-RLHF, equation 5): how strongly DPO holds a pair by its margin."""

import math


def scaled_beta(delta: float | None, *, beta: float, w: float, k: float) -> float:
    """Beta (1 + w (1 - exp(-k delta))), held within [beta, (1 + w) beta]; beta where null.

    `delta` is the reward difference r(chosen) - r(rejected), in logits.
    """
    if delta is None or math.isnan(delta):
        return beta
    return min(beta * (1 - w * math.expm1(-k * max(delta, 0.0))), (1 + w) * beta)
