import numpy as np
import pytest

from annotate.quality import proof
from annotate.quality.proof import FEWEST
from schemas.quality import Figure


def judged(accuracy: float, prompts: int, seed: int) -> Figure:
    """The accuracy that is measured of a judge that is right so often, on six pairs a prompt."""
    right = np.random.default_rng(seed).random((prompts, 6)) < accuracy
    rows = np.repeat(np.arange(prompts), 6)
    return proof.share(
        rows, right.ravel().astype(float), np.ones(6 * prompts), 6 * prompts, prompts
    )


def test_a_share_is_weighted_and_lies_in_its_interval() -> None:
    prompts = np.array([7, 7, 9, 11])
    weight = np.array([1.0, 1.0, 10.0, 1.0])
    found = proof.share(prompts, weight * np.array([1, 0, 1, 0]), weight, 4, 20)
    assert found.value == pytest.approx(11 / 13, abs=1e-6)
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.value <= found.high  # type: ignore[operator]


def test_nothing_counted_has_no_share() -> None:
    assert proof.share(np.array([1]), np.zeros(1), np.zeros(1), 0, 1).value is None


@pytest.mark.parametrize(("accuracy", "proven"), [(0.5, 0), (0.8, 30)])
def test_no_skill_is_refused_and_skill_passes(accuracy: float, proven: int) -> None:
    found = [proof.is_proven(judged(accuracy, 50, seed), proof.COIN, 50) for seed in range(30)]
    assert abs(sum(found) - proven) <= 2


def test_a_judge_no_better_than_the_longer_answer_is_not_proven() -> None:
    longer = Figure(value=0.8, n=300)
    assert not proof.is_proven(judged(0.8, 50, 1), proof.bar_of(longer), 50)


@pytest.mark.parametrize("longer", [Figure(value=0.4, n=9), Figure(value=None)])
def test_a_coin_is_the_least_to_beat(longer: Figure) -> None:
    assert proof.bar_of(longer) == 0.5


def test_few_prompts_prove_nothing() -> None:
    perfect = judged(1.0, FEWEST, 1)
    assert proof.is_proven(perfect, 0.5, FEWEST)
    assert not proof.is_proven(perfect, 0.5, FEWEST - 1)


def test_an_interval_half_as_wide_takes_four_times_the_prompts() -> None:
    found = Figure(value=0.7, low=0.6, high=0.8, n=60)
    assert proof.more_prompts(found, 50, 0.05) == 150
    assert proof.more_prompts(found, 50, 0.1) == 0
    assert proof.more_prompts(Figure(value=1.0, n=1), 1, 0.05) is None


def test_a_correlation_is_that_of_differences_about_zero() -> None:
    chance = np.random.default_rng(3)
    one = chance.normal(size=500)
    other = one + chance.normal(size=500)
    found = proof.correlation(
        np.arange(500), one * other, np.column_stack([one**2, other**2]), 500, 500
    )
    both = np.concatenate([one, -one]), np.concatenate([other, -other])
    assert found.value == pytest.approx(np.corrcoef(*both)[0, 1], abs=1e-6)
