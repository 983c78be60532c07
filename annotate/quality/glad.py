"""How able raters are and how hard items are, found together: GLAD (Whitehill and others 2009).

    P(rater r says what is true of item i) = sigmoid(ability_r * ease_i)

The other two labels share the rest evenly (the paper's section on more labels than two). Dawid and
Skene's model, beside which this one is read, holds every item to be as hard as any other. Items,
labels and patterns are those of `dawid_skene`; items with the same votes have the same ease, so a
pattern stands for all of them.
"""

from dataclasses import dataclass

import numpy as np
import scipy  # its parts load when they are asked for: most commands need none

from annotate.quality.bootstrap import Floats
from annotate.quality.dawid_skene import LABELS, Patterns, added

USUAL_ABILITY = 1.0
USUAL_LOG_EASE = 1.0
"""Means of the priors, both normal with deviation 1; they set the scale, and sign, of abilities."""

MOST_STEPS = 200
CLOSE = 1e-6
"""Of the slope of an average item; steps end there."""


@dataclass(frozen=True, slots=True)
class Glad:
    """What the model finds. Shapes: `ability` (raters,), `ease` (patterns,), `truth` (patterns, 3).

    An ability of 0 is right on half of the votes, whatever the item, and one below 0 on fewer; ease
    is above 0, and 1 / ease is the paper's difficulty. `truth` is the probability of each label.
    """

    ability: Floats
    ease: Floats
    truth: Floats


def read(votes: Patterns, raters: int) -> Glad:
    """The most probable abilities and eases together, found by L-BFGS; truths are summed over.

    All truths are as likely before a vote is seen. A rater without votes has the prior's ability.
    """
    # Steps are of like size in all directions where slopes are: by the square root of the votes.
    scale = np.sqrt(1 + np.concatenate([_votes_of(votes, raters), votes.counts]))
    start = np.concatenate(
        [np.full(raters, USUAL_ABILITY), np.full(len(votes.counts), USUAL_LOG_EASE)]
    )

    def scaled(guess: Floats) -> tuple[float, Floats]:
        value, slope = loss(guess / scale, votes, raters)
        return value, slope / scale

    options = {"maxiter": MOST_STEPS, "gtol": CLOSE * np.sqrt(votes.counts.sum()), "ftol": 0}
    minimize = scipy.optimize.minimize
    found = minimize(scaled, start * scale, method="L-BFGS-B", jac=True, options=options).x / scale
    ability, ease = found[:raters], np.exp(found[raters:])
    _, truth = _believed(votes, ability[votes.rater] * ease[votes.pattern])
    return Glad(ability, ease, truth)


def loss(guess: Floats, votes: Patterns, raters: int) -> tuple[float, Floats]:
    """Minus the log posterior, but for a constant, and its slope; abilities, then logs of ease."""
    ability, log_ease = guess[:raters], guess[raters:]
    ease = np.exp(log_ease)[votes.pattern]
    odds = ability[votes.rater] * ease
    small = np.exp(-np.abs(odds))
    all_wrong = np.maximum(odds, 0) + np.log1p(small)
    right = np.where(odds > 0, 1, small) / (1 + small)
    chance, truth = _believed(votes, odds)
    counts = votes.counts[votes.pattern]
    aside, apart = ability - USUAL_ABILITY, log_ease - USUAL_LOG_EASE
    value = counts @ all_wrong - votes.counts @ chance
    value += (aside @ aside + votes.counts @ apart**2) / 2
    slope = counts * (right - truth[votes.pattern, votes.label])
    by_rater = added(votes.rater, slope * ease, (raters,)) + aside
    by_pattern = added(votes.pattern, slope * odds, votes.counts.shape) + votes.counts * apart
    return float(value), np.concatenate([by_rater, by_pattern])


def _believed(votes: Patterns, odds: Floats) -> tuple[Floats, Floats]:
    """The log chance of each pattern's votes over that of all being wrong, and of each truth.

    Shapes (patterns,) and (patterns, 3). A right vote adds `odds` + log 2 to what a wrong one does.
    """
    place = votes.pattern * LABELS + votes.label
    sides = added(place, odds + np.log(LABELS - 1), (len(votes.counts), LABELS))
    most = sides.max(axis=1, keepdims=True)
    parts = np.exp(sides - most)
    whole = parts.sum(axis=1, keepdims=True)
    return (most + np.log(whole))[:, 0], parts / whole


def _votes_of(votes: Patterns, raters: int) -> Floats:
    return added(votes.rater, votes.counts[votes.pattern], (raters,))
