"""Means over seeds: Student's t, and seeds in pairs."""

import math

import pytest
from scipy import stats

from benchmarks.align.intervals import mean, paired


def test_the_interval_is_students() -> None:
    values = [0.71, 0.74, 0.69, 0.75, 0.73]
    found = mean(values)
    low, high = stats.t.interval(
        0.95, len(values) - 1, loc=sum(values) / 5, scale=stats.sem(values)
    )
    assert (found.value - found.reach, found.value + found.reach) == pytest.approx((low, high))


def test_one_seed_has_no_interval() -> None:
    assert math.isnan(mean([0.7]).reach)


def test_seeds_are_paired_where_both_have_them() -> None:
    found = paired({0: 0.7, 1: 0.8, 2: 0.9}, {1: 0.7, 0: 0.6, 5: 0.1})
    assert found.value == pytest.approx(0.1)
    assert found.seeds == 2
    assert found.reach == pytest.approx(0.0, abs=1e-12)
