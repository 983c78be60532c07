"""Who wins at equal length: beside scipy's own minimum, and on votes whose truth is known."""

from typing import Any

import numpy as np
import pytest
from scipy.optimize import minimize

from curate.length.control import RIDGE, Comparisons, Fit, fit, rates

MODELS = 4
STRENGTHS = np.array([1.2, 0.4, -0.4, -1.2])
"""The truth of the simulation: the strongest model is the briefest."""
LENGTHS = np.array([-0.9, -0.3, 0.3, 0.9])
PHI = 1.5


def comparisons(rows: list[tuple[int, int, float, float, float]]) -> Comparisons:
    """From (one, other, difference, wins, n)."""
    one, other, difference, wins, n = zip(*rows, strict=True)
    floats = [np.array(it, np.float64) for it in (difference, wins, n)]
    return Comparisons(np.array(one, np.int64), np.array(other, np.int64), *floats)


def simulated(seed: int, n: int = 20_000, phi: float = PHI) -> Comparisons:
    """Votes that strength and length decide, lengths being what the models' are."""
    rng = np.random.default_rng(seed)
    one = rng.integers(0, MODELS, n)
    other = (one + rng.integers(1, MODELS, n)) % MODELS
    difference = LENGTHS[one] - LENGTHS[other] + rng.normal(0, 0.6, n)
    logits = STRENGTHS[one] - STRENGTHS[other] + phi * np.tanh(difference)
    wins = (rng.random(n) < 1 / (1 + np.exp(-logits))).astype(np.float64)
    return Comparisons(one, other, difference, wins, np.ones(n))


def scipys(found: Comparisons, models: int) -> Any:
    """The same likelihood, written anew, at its minimum by BFGS."""

    def loss(parameters: Any) -> float:
        strengths = [*parameters[:-1], 0.0]
        total = RIDGE / 2 * float(np.sum(parameters**2))
        for row in zip(found.one, found.other, found.difference, found.wins, found.n, strict=True):
            one, other, difference, wins, n = row
            logit = strengths[one] - strengths[other] + parameters[-1] * np.tanh(difference)
            total += n * np.log1p(np.exp(-logit)) + (n - wins) * logit
        return total

    return minimize(loss, np.zeros(models + 1), method="BFGS", options={"gtol": 1e-7}).x


@pytest.mark.parametrize("seed", range(4))
def test_it_is_the_minimum_that_scipy_finds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    one, other = rng.integers(0, 3, 30), rng.integers(0, 3, 30)
    n = rng.integers(1, 6, 30).astype(np.float64)
    wins = np.floor(2 * n * rng.random(30)) / 2
    found = Comparisons(one, other, rng.normal(0, 1, 30), wins, n)
    fitted = fit(found, 3)
    assert np.append(fitted.strengths, fitted.phi) == pytest.approx(scipys(found, 3), abs=1e-4)


@pytest.mark.parametrize("phi", [1.5, 0.0, -1.0])
def test_a_known_effect_of_length_is_found_again(phi: float) -> None:
    fitted = fit(simulated(1, phi=phi), MODELS)
    assert fitted.phi == pytest.approx(phi, abs=0.12)
    assert fitted.strengths == pytest.approx(STRENGTHS, abs=0.12)


@pytest.mark.parametrize("seed", range(3))
def test_the_rate_at_equal_length_is_nearer_the_truth_than_the_plain_one(seed: int) -> None:
    found = simulated(seed)
    told = rates(found, fit(found, MODELS))
    truth = rates(found, Fit(STRENGTHS, PHI)).controlled
    assert np.abs(told.controlled - truth).max() < 0.02
    assert (np.abs(told.controlled - truth) < np.abs(told.won - truth)).all()


def test_without_an_effect_of_length_the_two_rates_agree() -> None:
    found = simulated(2, phi=0.0)
    told = rates(found, fit(found, MODELS))
    assert told.controlled == pytest.approx(told.won, abs=0.02)


def test_seen_from_the_other_side_it_is_the_same() -> None:
    found = simulated(3, n=500)
    turned = Comparisons(found.other, found.one, -found.difference, found.n - found.wins, found.n)
    one, other = fit(found, MODELS), fit(turned, MODELS)
    assert other.phi == pytest.approx(one.phi, abs=1e-8)
    assert other.strengths == pytest.approx(one.strengths, abs=1e-8)


def test_counted_together_they_weigh_as_one_by_one() -> None:
    rows = [(0, 1, 0.5, 1.0, 1.0), (0, 1, 0.5, 0.0, 1.0), (0, 1, 0.5, 0.5, 1.0)]
    one_by_one, together = (fit(comparisons(it), 2) for it in (rows, [(0, 1, 0.5, 1.5, 3.0)]))
    assert together.phi == pytest.approx(one_by_one.phi, abs=1e-8)


def test_a_model_that_never_lost_has_a_strength_that_ends() -> None:
    fitted = fit(comparisons([(0, 1, 0.0, 10_000.0, 10_000.0)]), 2)
    assert 5 < fitted.strengths[0] - fitted.strengths[1] < 20


def test_a_single_comparison_is_enough() -> None:
    found = comparisons([(0, 1, 1.0, 1.0, 1.0)])
    told = rates(found, fit(found, 2))
    assert told.won.tolist() == [1.0, 0.0]
    assert 0.5 < told.controlled[0] < 1


def test_without_models_only_length_is_fitted() -> None:
    found = comparisons([(-1, -1, 1.0, 80.0, 100.0)])
    fitted = fit(found, 0)
    assert fitted.longer_wins == pytest.approx(0.8, abs=0.01)
    assert len(rates(found, fitted).n) == 0


def test_answers_of_one_model_tell_of_length_and_not_of_strength() -> None:
    found = comparisons([(0, 0, 1.0, 80.0, 100.0)])
    fitted = fit(found, 1)
    assert fitted.strengths[0] == 0
    assert fitted.longer_wins == pytest.approx(0.8, abs=0.01)
    assert rates(found, fitted).n.tolist() == [0]


def test_where_all_lengths_are_equal_length_wins_nothing() -> None:
    fitted = fit(comparisons([(0, 1, 0.0, 7.0, 10.0)]), 2)
    assert (fitted.phi, fitted.longer_wins) == (0.0, 0.5)
