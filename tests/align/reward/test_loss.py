"""The loss of a row, with the values that facts give for it."""

from typing import Any

import pytest

from tests.support.trainers import TRAINS

pytestmark = TRAINS


def loss_of(
    chosen: float,
    rejected: float,
    *,
    tie: bool = False,
    margin: float = 0.0,
    critique: float = 0.0,
    **weights: Any,
) -> float:
    import torch

    from align.reward.loss import LossWeights, pair_losses

    def one(value: float) -> Any:
        return torch.tensor([value], dtype=torch.float64)

    given = LossWeights(**{"centering": 0.0, **weights})
    is_tie = torch.tensor([tie])
    return float(pair_losses(one(chosen), one(rejected), one(critique), is_tie, one(margin), given))


@pytest.mark.parametrize(
    ("difference", "expected"), [(1.0, 0.313262), (0.5, 0.474077), (-1.0, 1.313262)]
)
def test_pair_loss_has_the_values_of_the_paper(difference: float, expected: float) -> None:
    assert loss_of(difference + 3, 3) == pytest.approx(expected, abs=5e-7)


def test_centering_holds_the_sum_of_both_rewards_at_nothing() -> None:
    assert loss_of(1, 0, pair_weight=0, centering=0.01) == pytest.approx(0.01)


def test_a_margin_is_asked_for_beyond_the_difference() -> None:
    assert loss_of(2, 0.5, margin=0.5) == loss_of(1.5, 0)
    assert loss_of(2, 0.5, margin=0.5, margin_asked=True) == loss_of(1, 0)


def test_a_tie_is_held_together_and_not_apart() -> None:
    assert loss_of(2, 1.5, tie=True, tie_weight=3.0) == pytest.approx(3 * 0.25)


def test_critiques_count_by_their_weight() -> None:
    assert loss_of(1, 0, critique=2.0, critique_weight=0.5) == pytest.approx(loss_of(1, 0) + 1)


def test_swapping_the_answers_mirrors_the_pair_loss() -> None:
    for difference in (-2.0, 0.3, 5.0):
        forth, back = loss_of(difference, 0), loss_of(0, difference)
        # -log s(z) and -log s(-z) differ by z.
        assert back - forth == pytest.approx(difference)
