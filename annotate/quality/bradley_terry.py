"""How faithfully raters follow the order of answers: Bradley and Terry's model with noisy raters.

As in Chen, Bennett, Collins-Thompson and Horvitz (2013): a rater sees the better of two answers
with probability eta, and the worse one with 1 - eta. Answers have strengths with a normal prior, so
that prompts need not be joined. A tie counts half for either side. Strengths and etas are found
together, so etas are too high where answers have few votes: they put raters in order.
"""

from typing import Any

import numpy as np
import scipy  # its parts load when they are asked for: most commands need none
from numpy.typing import NDArray

from annotate.quality.bootstrap import Floats

SPREAD = 2.0
"""Of the strengths' prior: two answers then differ by about three in the logit."""

START = 1.5
"""Logit of eta at the start: raters are taken to be more right than wrong, which sets the sign."""


def fidelity(
    one: NDArray[Any], other: NDArray[Any], rater: NDArray[Any], vote: NDArray[Any], raters: int
) -> Floats:
    """Eta of each rater. Shapes (votes,); `one` and `other` are places of answers, votes 1, 0, -1.

    The most probable strengths and etas together, found by L-BFGS.
    """
    answers = int(max(one.max(initial=-1), other.max(initial=-1))) + 1
    won = (1 + vote.astype(np.float64)) / 2
    start = np.concatenate([np.zeros(answers), np.full(raters, START)])
    found = scipy.optimize.minimize(
        _loss, start, (one, other, rater, won, answers), method="L-BFGS-B", jac=True
    )
    etas: Floats = scipy.special.expit(found.x[answers:])
    return etas


def _loss(
    guess: Floats,
    one: NDArray[Any],
    other: NDArray[Any],
    rater: NDArray[Any],
    won: Floats,
    answers: int,
) -> tuple[float, Floats]:
    """Minus the log posterior and its gradient."""
    strength, logit = guess[:answers], guess[answers:]
    better = scipy.special.expit(strength[one] - strength[other])
    eta = scipy.special.expit(logit)[rater]
    chance = eta * better + (1 - eta) * (1 - better)
    value = -(won * np.log(chance) + (1 - won) * np.log1p(-chance)).sum()
    value += (strength @ strength) / (2 * SPREAD**2) + (logit - START) @ (logit - START) / 8
    slope = -(won / chance - (1 - won) / (1 - chance))
    by_answer = slope * (2 * eta - 1) * better * (1 - better)
    by_rater = slope * (2 * better - 1) * eta * (1 - eta)
    gradient = np.concatenate(
        [
            np.bincount(one, by_answer, answers)
            - np.bincount(other, by_answer, answers)
            + strength / SPREAD**2,
            np.bincount(rater, by_rater, len(logit)) + (logit - START) / 4,
        ]
    )
    return float(value), gradient
