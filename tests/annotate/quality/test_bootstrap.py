"""Intervals by drawing clusters: they cover, and know what they cannot say."""

import numpy as np
import pytest

from annotate.quality.agreement import mean, share
from annotate.quality.bootstrap import DRAWS, Floats, by_cluster, figure, weights


def test_draws_have_as_many_clusters_as_there_are() -> None:
    drawn = weights(50)
    assert drawn.shape == (50, DRAWS)
    assert set(drawn.sum(axis=0)) == {50.0}


def test_the_interval_of_a_mean_is_that_of_theory() -> None:
    rng = np.random.default_rng(0)
    values = rng.normal(3, 2, 1_500)
    found = figure(mean, np.stack([np.ones(1_500), values], axis=1), 1_500)
    assert found.value == pytest.approx(values.mean(), abs=1e-6)
    assert found.low is not None
    assert found.high is not None
    assert found.high - found.low == pytest.approx(2 * 1.96 * 2 / np.sqrt(1_500), rel=0.1)


def test_intervals_cover_the_truth_about_as_often_as_they_say() -> None:
    rng = np.random.default_rng(1)
    covered = 0
    for _ in range(200):
        n = rng.integers(1, 6, 120)
        right = rng.binomial(n, 0.7)
        found = figure(share_of, np.stack([n, right], axis=1).astype(float), n.sum())
        assert found.low is not None
        assert found.high is not None
        covered += found.low <= 0.7 <= found.high
    assert 0.90 <= covered / 200 <= 0.985


def test_votes_of_one_prompt_are_drawn_together() -> None:
    """Copies of a vote within a prompt are no more evidence than one of them."""
    right = np.array([1.0, 0.0] * 50)
    once = figure(share_of, np.stack([np.ones(100), right], axis=1), 100)
    often = figure(share_of, np.stack([np.full(100, 9.0), 9 * right], axis=1), 900)
    assert (once.low, once.high) == (often.low, often.high)


def test_prompts_that_share_clusters_have_the_interval_of_prompts_alone() -> None:
    rng = np.random.default_rng(2)
    rows = np.stack([np.ones(8_000), (rng.random(8_000) < 0.8) * 1.0], axis=1)
    place = np.arange(8_000)
    alone, shared = (
        figure(share_of, by_cluster(place % count, rows, count), 8_000) for count in (8_000, 2_000)
    )
    widths = [it.high - it.low for it in (alone, shared) if it.high and it.low]
    assert widths[0] == pytest.approx(widths[1], rel=0.1)


def test_one_prompt_has_a_value_and_no_interval() -> None:
    found = figure(share_of, np.array([[4.0, 3.0], [0.0, 0.0]]), 4)
    assert (found.value, found.low, found.high) == (0.75, None, None)


def test_nothing_has_no_value() -> None:
    found = figure(share_of, np.zeros((3, 2)), 0)
    assert (found.value, found.low, found.high, found.n) == (None, None, None, 0)


def share_of(totals: Floats) -> Floats:
    return share(totals[:, ::-1])
