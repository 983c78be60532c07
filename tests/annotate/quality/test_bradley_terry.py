"""Bradley and Terry's model with noisy raters: the order of raters, and its slope by hand."""

from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import check_grad

from annotate.quality import bradley_terry
from annotate.quality.bradley_terry import fidelity


def votes(etas: list[float], prompts: int, seed: int) -> NDArray[Any]:
    """Three raters a prompt vote on all pairs of its four answers, as the model has it."""
    rng = np.random.default_rng(seed)
    rows = []
    for prompt in range(prompts):
        strength = 2 * rng.normal(size=4)
        for rater in rng.choice(len(etas), 3, replace=False):
            for one, other in combinations(range(4), 2):
                better = rng.random() < 1 / (1 + np.exp(strength[other] - strength[one]))
                seen = better if rng.random() < etas[rater] else not better
                rows.append((4 * prompt + one, 4 * prompt + other, rater, 1 if seen else -1))
    return np.array(rows).T


def test_raters_come_in_the_order_of_their_noise() -> None:
    etas = [1.0, 0.8, 0.65, 0.5, 0.1]
    one, other, rater, vote = votes(etas, 300, 0)
    found = fidelity(one, other, rater, vote, 5)
    assert list(np.argsort(-found)) == [0, 1, 2, 3, 4]
    assert abs(found[3] - 0.5) < 0.1
    assert found[4] < 0.2


def test_the_slope_is_that_of_the_loss() -> None:
    one, other, rater, vote = votes([0.9, 0.6, 0.4], 5, 1)
    given = (one, other, rater, (1 + vote) / 2, 20)
    point = np.random.default_rng(2).normal(size=23)
    error = check_grad(
        lambda x: bradley_terry._loss(x, *given)[0],
        lambda x: bradley_terry._loss(x, *given)[1],
        point,
    )
    assert error < 1e-3


def test_ties_say_nothing_of_a_rater_between_equal_answers() -> None:
    one, other = np.array([0, 0]), np.array([1, 1])
    found = fidelity(one, other, np.array([0, 1]), np.array([0, 0]), raters=2)
    assert found[0] == found[1]
