"""The reward model's loss, row by row (MM-RLHF, equations 2 and 3, and its released trainer).

A row's loss depends on that row alone and a batch's is their mean, so that neither the batch's
size nor accumulation changes what is learned.
"""

from dataclasses import dataclass

from torch import Tensor
from torch.nn import functional


@dataclass(frozen=True, slots=True)
class LossWeights:
    """How much each term counts; a weight of 0 leaves its term out."""

    critique_weight: float = 1.0
    pair_weight: float = 1.0
    tie_weight: float = 1.0
    centering: float = 0.01
    margin_asked: bool = False


def pair_losses(
    chosen: Tensor,
    rejected: Tensor,
    critique: Tensor,
    is_tie: Tensor,
    margin: Tensor,
    weights: LossWeights,
) -> Tensor:
    """The loss of each row, shape (n,) as all that is given.

    pair_weight x (-log sigmoid(r_c - r_r - margin), or in a tie tie_weight x (r_c - r_r)^2)
    + centering x (r_c + r_r)^2 + critique_weight x `critique`, the loss of both critiques. The
    margin is left out unless it is asked for.
    """
    difference = chosen - rejected
    held = difference - margin if weights.margin_asked else difference
    preferred = -functional.logsigmoid(held)
    scored = preferred.where(~is_tie, weights.tie_weight * difference.square())
    total = weights.pair_weight * scored + weights.centering * (chosen + rejected).square()
    return total + weights.critique_weight * critique
