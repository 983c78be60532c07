from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize
from sklearn.metrics import brier_score_loss

from annotate.quality import calibration, certainty
from annotate.quality.calibration import RIDGE, Floats, Votes, fit


def drawn(seed: int, pairs: int = 400, beta: float = 6.0, phi: float = 0.0) -> Votes:
    """Votes of two people a pair, by a judge whose differences mean what beta says."""
    chance = np.random.default_rng(seed)
    difference = chance.normal(0, 0.3, pairs).clip(-1, 1)
    length = chance.normal(0, 100, pairs).round()
    logits = beta * difference + phi * np.tanh(length / 100)
    wins = chance.binomial(2, 1 / (1 + np.exp(-logits))) / 2
    return Votes(difference, length, wins, np.full(pairs, 2.0), chance.uniform(1, 20, pairs))


def swapped(votes: Votes) -> Votes:
    return replace(votes, difference=-votes.difference, length=-votes.length, wins=1 - votes.wins)


@pytest.mark.parametrize("with_length", [False, True])
def test_the_fit_is_the_maximum_that_an_optimiser_finds(*, with_length: bool) -> None:
    votes = drawn(1, phi=0.8)
    found = fit(votes, with_length=with_length)
    scale = np.sqrt(np.average(votes.difference**2, weights=votes.weight))
    deviation = np.sqrt(np.average(votes.length**2, weights=votes.weight))
    columns = np.column_stack([votes.difference / scale, np.tanh(votes.length / deviation)])
    columns = columns if with_length else columns[:, :1]
    weight = votes.weight / votes.weight.mean()

    def loss(slopes: Floats) -> float:
        logits = columns @ slopes
        loss = weight * (np.logaddexp(0, logits) - votes.wins * logits)
        return float(loss.sum() + RIDGE / 2 * slopes @ slopes)

    best = minimize(loss, np.zeros(columns.shape[1]), tol=1e-12).x
    assert found.beta == pytest.approx(best[0] / scale, rel=1e-4)
    assert found.phi == pytest.approx(best[1] if with_length else 0, rel=1e-3)


def test_a_known_slope_is_found_again() -> None:
    found = fit(drawn(2, pairs=20_000, beta=5.0, phi=0.7), with_length=True)
    assert found.beta == pytest.approx(5.0, abs=0.3)
    assert found.phi == pytest.approx(0.7, abs=0.1)


@given(seed=st.integers(0, 50))
def test_which_answer_is_the_one_makes_no_difference(seed: int) -> None:
    votes = drawn(seed, pairs=60)
    one, other = fit(votes, with_length=True), fit(swapped(votes), with_length=True)
    assert one.beta == pytest.approx(other.beta)
    assert one.phi == pytest.approx(other.phi)
    logits = one.logits(votes)
    assert certainty.brier(votes, logits) == pytest.approx(certainty.brier(swapped(votes), -logits))


@pytest.mark.parametrize("sure", [True, False])
def test_a_judge_that_is_never_or_always_wrong_has_a_finite_slope(*, sure: bool) -> None:
    votes = drawn(3, pairs=50)
    right = (votes.difference > 0).astype(float)
    found = fit(replace(votes, wins=right if sure else 1 - right))
    assert np.isfinite(found.beta)
    assert (found.beta > 0) == sure


def test_a_judge_that_sees_no_difference_says_nothing() -> None:
    votes = replace(drawn(4, pairs=40), difference=np.zeros(40))
    assert fit(votes).beta == 0
    assert certainty.reliability(votes, np.zeros(40)) == []
    assert certainty.expected_error([]) == 0


def test_a_group_never_speaks_for_itself() -> None:
    votes = drawn(5, pairs=100)
    groups = np.repeat(np.arange(20), 5)
    logits = calibration.out_of_fold(votes, groups)
    changed = replace(votes, wins=np.where(groups == 3, 1 - votes.wins, votes.wins))
    again = calibration.out_of_fold(changed, groups)
    assert np.array_equal(logits[groups == 3], again[groups == 3])
    assert not np.array_equal(logits[groups == 4], again[groups == 4])


def test_one_group_alone_has_no_other_to_learn_from() -> None:
    assert np.isnan(calibration.out_of_fold(drawn(6, pairs=10), np.zeros(10, np.int64))).all()


def test_the_brier_score_is_that_of_the_library() -> None:
    votes = drawn(7, pairs=200)
    whole = replace(votes, wins=(votes.wins >= 0.5).astype(float), people=np.ones(200))
    logits = fit(whole).logits(whole)
    theirs = brier_score_loss(whole.wins, 1 / (1 + np.exp(-logits)), sample_weight=whole.weight)
    assert certainty.brier(whole, logits) == pytest.approx(theirs)
    assert certainty.brier(whole, np.zeros(200)) == pytest.approx(0.25)


def test_bins_hold_every_pair_once_and_name_their_error() -> None:
    votes = drawn(8, pairs=403)
    bins = certainty.reliability(votes, fit(votes).logits(votes))
    assert sum(one.pairs for one in bins) == 403
    assert [one.said for one in bins] == sorted(one.said for one in bins)
    assert all(0.5 <= one.said <= 1 for one in bins)
    assert certainty.expected_error(bins) < 0.08
    doubled = certainty.reliability(votes, 4 * fit(votes).logits(votes))
    assert certainty.expected_error(doubled) > 0.1


def test_the_surest_pairs_come_first() -> None:
    votes = Votes(
        difference=np.array([0.9, -0.5, 0.1, 0.0]),
        length=np.zeros(4),
        wins=np.array([1.0, 0.0, 0.0, 1.0]),
        people=np.ones(4),
        weight=np.ones(4),
    )
    found = certainty.risk_coverage(votes, points=4)
    assert [one.share for one in found] == [0.25, 0.5, 0.75, 1.0]
    assert [one.error for one in found] == pytest.approx([0, 0, 1 / 3, 1.5 / 4])
