"""Intervals of shares: they hold the truth with few prompts, too, and never say certainty."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.quality.bootstrap import figure
from annotate.quality.shares import FEW, share
from schemas.intervals import wilson
from schemas.quality import Figure


def of(won: Any, whole: Any) -> Figure:
    return share(np.column_stack([won, whole]).astype(float), float(np.sum(whole)))


@pytest.mark.parametrize("prompts", [2, 6, 40])
def test_prompts_won_whole_have_wilsons_interval_over_prompts(prompts: int) -> None:
    found = of([3.0] * prompts, [3.0] * prompts)
    assert (found.value, found.high, found.n) == (1, 1, 3 * prompts)
    assert found.low == pytest.approx(wilson(1.0, prompts)[0], abs=1e-6)


def test_many_prompts_that_differ_have_the_interval_of_draws() -> None:
    won = np.random.default_rng(0).binomial(4, 0.6, FEW)
    sums = np.column_stack([won, np.full(FEW, 4)]).astype(float)
    assert share(sums, 80) == figure(lambda total: total[:, 0] / total[:, 1], sums, 80)


def test_a_prompt_with_most_of_the_votes_counts_little_more_than_alone() -> None:
    even, uneven = of([5.0] * 4, [5.0] * 4), of([17.0, 1.0, 1.0, 1.0], [17.0, 1.0, 1.0, 1.0])
    assert (uneven.low or 0) < (even.low or 0)


def test_what_lies_between_other_ends_may_be_below_zero() -> None:
    sums = np.array([[-1.0, 2.0], [0.0, 2.0], [1.0, 2.0]])
    found = share(sums, 6, (-1.0, 1.0))
    low, high = wilson(0.5, 3)
    assert found.value == 0
    assert (found.low, found.high) == pytest.approx((2 * low - 1, 2 * high - 1), abs=1e-6)


def test_one_prompt_has_a_share_and_no_interval() -> None:
    found = share(np.array([[2.0, 3.0], [0.0, 0.0]]), 3)
    assert (found.value, found.low, found.high) == (0.666667, None, None)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 4)), min_size=2, max_size=30))
def test_no_share_is_certain_and_each_lies_in_its_interval(rows: list[tuple[int, int]]) -> None:
    found = of([min(won, whole) for won, whole in rows], [whole for _, whole in rows])
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert found.low < found.high


@pytest.mark.parametrize("prompts", [3, 5, 10])
@pytest.mark.parametrize("true", [0.5, 0.65, 0.9])
def test_intervals_of_few_prompts_hold_the_truth(prompts: int, true: float) -> None:
    rng = np.random.default_rng(prompts)
    held = 0
    for _ in range(200):
        won = rng.binomial(3, rng.beta(10 * true, 10 * (1 - true), prompts))
        found = of(won, np.full(prompts, 3.0))
        held += (found.low or 0) <= true <= (found.high or 0)
    assert held / 200 > 0.93
