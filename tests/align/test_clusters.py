"""Shares of pairs whose prompts make them alike."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.clusters import clustered
from schemas.intervals import Proportion, wilson


def test_prompts_that_are_all_won_or_all_lost_count_once_each() -> None:
    won, pairs = [6, 0] * 20, [6] * 40
    low, high = wilson(0.5, 39)  # the variance between prompts has one degree of freedom less
    found = clustered(won, pairs)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-6)


def test_one_pair_a_prompt_is_as_plain_pairs() -> None:
    found, plain = clustered([1, 0, 0, 1] * 25, [1] * 100), Proportion.of(50, 100)
    assert found.value == plain.value
    assert (found.low, found.high) == pytest.approx((plain.low, plain.high), abs=1e-3)


def test_prompts_won_whole_count_as_prompts() -> None:
    assert clustered([3] * 7, [3] * 7).low == pytest.approx(wilson(1.0, 7)[0], abs=1e-6)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(1, 6)), min_size=1, max_size=30))
def test_no_share_is_certain_and_none_is_surer_than_its_pairs(rows: list[tuple[int, int]]) -> None:
    won, pairs = [min(row) for row in rows], [row[1] for row in rows]
    found, plain = clustered(won, pairs), Proportion.of(sum(won), sum(pairs))
    assert found.value == plain.value
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert plain.low is not None
    assert found.low <= plain.low + 1e-6
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert found.low < found.high


@pytest.mark.parametrize("true", [0.6, 0.9])
def test_the_interval_holds_the_truth_where_prompts_differ(true: float) -> None:
    rng = np.random.default_rng(3)
    held = plain = 0
    for _ in range(400):
        pairs = rng.integers(1, 7, 60)
        won = rng.binomial(pairs, rng.beta(2 * true, 2 * (1 - true), 60))
        found = clustered(won.tolist(), pairs.tolist())
        naive = Proportion.of(int(won.sum()), int(pairs.sum()))
        held += (found.low or 0) <= true <= (found.high or 0)
        plain += (naive.low or 0) <= true <= (naive.high or 0)
    assert held / 400 > 0.92
    assert plain / 400 < 0.9
