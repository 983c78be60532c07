"""Shares with Wilson's interval."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from schemas.intervals import Proportion, wilson


def test_wilsons_interval_is_that_of_the_book() -> None:
    assert wilson(0.5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert wilson(0.0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilsons_interval_is_that_of_scipy(of: tuple[int, int]) -> None:
    part, whole = of
    found = Proportion.of(part, whole)
    oracle = binomtest(part, whole).proportion_ci(method="wilson")
    assert (found.low, found.high) == pytest.approx((oracle.low, oracle.high), abs=1e-5)
    assert found.value == pytest.approx(part / whole, abs=1e-6)


def test_a_share_of_nothing_is_null() -> None:
    found = Proportion.of(0, 0)
    assert (found.value, found.low, found.high) == (None, None, None)


def test_what_counts_for_less_is_known_less_well() -> None:
    alone, alike = Proportion.of(5, 10), Proportion.of(5, 10, worth=4)
    assert alone.low is not None
    assert alike.low is not None
    assert alike.low < alone.low
