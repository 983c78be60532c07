"""Agreement beside krippendorff and scikit-learn, a published example, and what must hold."""

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from sklearn.metrics import cohen_kappa_score

from annotate.quality import agreement
from tests.support.agreement_sums import alpha_sums, coincidences, kappa_sums

STEPS = 5
FOUR_CODERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, np.nan, np.nan, np.nan],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, np.nan, 3],
        [np.nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, np.nan],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, np.nan],
    ]
)
"""Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: four coders, twelve units."""

Ratings = NDArray[np.float64]


@st.composite
def ratings(draw: st.DrawFn) -> Ratings:
    shape = (draw(st.integers(2, 4)), draw(st.integers(2, 8)))
    given_scores = draw(arrays(np.float64, shape, elements=st.integers(0, STEPS - 1).map(float)))
    missing = draw(arrays(np.bool_, shape, elements=st.booleans()))
    found = np.where(missing, np.nan, given_scores)
    pairable = found[:, (~np.isnan(found)).sum(axis=0) > 1]
    assume(len(np.unique(pairable[~np.isnan(pairable)])) > 1)
    return found


def interval(found: Ratings) -> float:
    return float(agreement.interval_alpha(alpha_sums(found).sum(axis=0)[None])[0])


def ordinal(found: Ratings) -> float:
    return float(agreement.ordinal_alpha(coincidences(found, STEPS).sum(axis=0)[None])[0])


def test_the_published_example_of_four_coders_comes_out() -> None:
    assert interval(FOUR_CODERS) == pytest.approx(0.849, abs=0.0005)
    assert ordinal(FOUR_CODERS - 1) == pytest.approx(0.815, abs=0.0005)


@given(found=ratings())
def test_alphas_are_those_of_krippendorff(found: Ratings) -> None:
    domain = np.arange(STEPS)
    theirs = krippendorff.alpha(found, value_domain=domain, level_of_measurement="interval")
    assert interval(found) == pytest.approx(theirs, abs=1e-9)
    theirs = krippendorff.alpha(found, value_domain=domain, level_of_measurement="ordinal")
    assert ordinal(found) == pytest.approx(theirs, abs=1e-9)


@given(found=ratings())
def test_alpha_is_at_most_one_and_bounded_below(found: Ratings) -> None:
    # Of n values the observed disagreement is at most n - 1 times the expected one.
    n = alpha_sums(found)[:, 0].sum()
    for value in (interval(found), ordinal(found)):
        assert 1 - n <= value <= 1 + 1e-9


@given(found=ratings(), seed=st.integers(0, 99))
def test_alpha_knows_no_names_of_raters_and_no_order_of_answers(found: Ratings, seed: int) -> None:
    rng = np.random.default_rng(seed)
    other = rng.permutation(rng.permutation(found, axis=0), axis=1)
    assert interval(other) == pytest.approx(interval(found), abs=1e-9)
    assert ordinal(other) == pytest.approx(ordinal(found), abs=1e-9)


@given(row=arrays(np.float64, 9, elements=st.integers(0, 4).map(float)))
def test_copies_agree_wholly(row: Ratings) -> None:
    assume(len(set(row)) > 1)
    copies = np.stack([row, row, row])
    totals = kappa_sums(row, row).sum(axis=0)[None]
    assert interval(copies) == pytest.approx(1)
    assert ordinal(copies) == pytest.approx(1)
    assert agreement.kappa(totals)[0] == pytest.approx(1)
    assert agreement.pairwise_alpha(totals)[0] == pytest.approx(1)


@given(
    one=arrays(np.float64, 12, elements=st.integers(0, 4).map(float)),
    other=arrays(np.float64, 12, elements=st.integers(0, 4).map(float)),
)
def test_kappa_is_that_of_scikit_learn(one: Ratings, other: Ratings) -> None:
    assume(len({*one, *other}) > 1)
    theirs = cohen_kappa_score(
        one.astype(int), other.astype(int), weights="quadratic", labels=list(range(STEPS))
    )
    totals = kappa_sums(one, other).sum(axis=0)[None]
    assert agreement.kappa(totals)[0] == pytest.approx(theirs, abs=1e-9)


@given(
    one=arrays(np.float64, 12, elements=st.integers(0, 4).map(float)),
    other=arrays(np.float64, 12, elements=st.integers(0, 4).map(float)),
)
def test_alpha_of_two_raters_is_that_of_the_matrix(one: Ratings, other: Ratings) -> None:
    assume(len({*one, *other}) > 1)
    totals = kappa_sums(one, other).sum(axis=0)[None]
    expected = interval(np.stack([one, other]))
    assert agreement.pairwise_alpha(totals)[0] == pytest.approx(expected, abs=1e-9)


def test_raters_without_variation_neither_agree_nor_disagree() -> None:
    same = np.full((2, 4), 3.0)
    with np.errstate(invalid="ignore"):
        assert np.isnan(interval(same))
        assert np.isnan(agreement.kappa(kappa_sums(same[0], same[1]).sum(axis=0)[None])[0])


def test_a_tie_against_a_preference_is_half_an_agreement() -> None:
    compared, halves = 4.0, 2 + 2 + 1 + 0.0
    assert agreement.pair_agreement(np.array([[compared, halves]]))[0] == 0.625
