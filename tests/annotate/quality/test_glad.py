"""GLAD beside crowd-kit's, and with raters and items whose ability and difficulty are known."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from annotate.quality import dawid_skene, glad
from annotate.quality.bootstrap import Floats
from annotate.quality.dawid_skene import Patterns
from tests.support.crowd import Crowd, crowd

SHARES = {0: (0.85, 0.1), 1: (0.7, 0.2), 2: (0.55, 0.15), 3: (0.4, 0.3)}
CROWD_KIT = (0.576793, 0.401886, -0.154461, 0.126594)
"""Abilities by crowd-kit 1.4.2, GLAD(n_iter=300, tol=-1e9, m_step_tol=1e-6, m_step_max_iter=100).

With its own `tol` it stops after two rounds: what it compares may fall from one round to the next.
"""


@dataclass(frozen=True)
class Known:
    """Votes by known raters on known items. Shapes: (raters,), (items,), (items,)."""

    ability: Floats
    ease: Floats
    truth: dawid_skene.Numbers
    votes: Patterns


def known(seed: int, seldom: float, items: int = 3_000, raters: int = 12, each: int = 8) -> Known:
    """So many of the raters vote on each item; half of them are given the hard ones more often."""
    rng = np.random.default_rng(seed)
    ability, ease = rng.uniform(0.3, 2.5, raters), np.exp(rng.normal(1, 1, items))
    hard, first = ease < np.median(ease), np.arange(raters) < raters // 2
    chance = np.where(hard[:, None] == first, 1.0, seldom)
    rater = np.argsort(-np.log(chance) - rng.gumbel(size=chance.shape), axis=1)[:, :each]
    truth = rng.integers(0, 3, items)
    right = rng.random(rater.shape) < 1 / (1 + np.exp(-ability[rater] * ease[:, None]))
    label = np.where(right, truth[:, None], (truth[:, None] + rng.integers(1, 3, rater.shape)) % 3)
    item = np.repeat(np.arange(items), each)
    return Known(ability, ease, truth, Patterns.of(item, rater.ravel(), label.ravel() - 1))


def patterns(found: Crowd) -> Patterns:
    return Patterns.of(found.item, found.rater, found.vote)


def test_abilities_are_those_of_crowd_kit() -> None:
    found = glad.read(patterns(crowd(SHARES, 60, 7)), 4)
    assert found.ability == pytest.approx(np.array(CROWD_KIT), abs=1e-4)


@pytest.mark.filterwarnings("ignore")
def test_all_is_that_of_crowd_kit_where_it_is_installed() -> None:
    aggregation = pytest.importorskip("crowdkit.aggregation")
    import pandas as pd

    made = crowd(SHARES, 40, 3)
    rows = pd.DataFrame({"task": made.item, "worker": made.rater, "label": made.vote})
    theirs = aggregation.GLAD(n_iter=200, tol=-1e9, m_step_tol=1e-6, m_step_max_iter=100)
    theirs.fit(rows)
    ours = glad.read(patterns(made), 4)
    assert ours.ability == pytest.approx(theirs.alphas_.sort_index().to_numpy(), abs=1e-4)
    logs = theirs.betas_.sort_index().to_numpy()
    assert np.log(ours.ease) == pytest.approx(logs, abs=1e-4)
    truths = theirs.probas_.sort_index()[[-1, 0, 1]].to_numpy()
    assert ours.truth == pytest.approx(truths, abs=1e-4)


def test_the_slope_is_that_of_finite_differences() -> None:
    votes = patterns(crowd(SHARES, 20, 5))
    guess = np.random.default_rng(0).normal(0.5, 0.7, 24)
    _, slope = glad.loss(guess, votes, 4)
    for place in range(24):
        step = np.eye(24)[place] * 1e-6
        rise = glad.loss(guess + step, votes, 4)[0] - glad.loss(guess - step, votes, 4)[0]
        assert slope[place] == pytest.approx(rise / 2e-6, abs=1e-4)


def test_known_abilities_and_difficulties_are_found_in_their_order() -> None:
    made = known(1, seldom=1.0)
    found = glad.read(made.votes, 12)
    assert spearmanr(found.ability, made.ability).statistic > 0.95
    assert spearmanr(found.ease, made.ease).statistic > 0.6
    assert (found.truth.argmax(axis=1) == made.truth).mean() > 0.97


def test_raters_of_hard_items_are_put_in_order_better_than_by_dawid_and_skene() -> None:
    """For whom all items are alike."""
    ours, theirs = [], []
    for seed in range(5):
        made = known(seed, seldom=0.2)
        confusion = dawid_skene.read(made.votes, 12).confusion
        shares = np.diagonal(confusion, axis1=1, axis2=2).mean(axis=1)
        ours.append(spearmanr(glad.read(made.votes, 12).ability, made.ability).statistic)
        theirs.append(spearmanr(shares, made.ability).statistic)
    assert np.mean(ours) > np.mean(theirs) + 0.05


def test_items_with_the_same_votes_may_be_one_pattern_with_a_count() -> None:
    made = crowd({0: (0.9, 0.0), 1: (0.8, 0.1), 2: (0.6, 0.2)}, 200, 1)
    alone = glad.read(patterns(made), 3)
    kinds, place, counts = np.unique(
        made.vote.reshape(3, 200).T, axis=0, return_inverse=True, return_counts=True
    )
    pattern, rater = np.repeat(np.arange(len(kinds)), 3), np.tile(np.arange(3), len(kinds))
    joined = glad.read(Patterns(pattern, rater, kinds.ravel() + 1, counts.astype(float)), 3)
    assert joined.ability == pytest.approx(alone.ability, abs=1e-4)
    assert joined.ease[place.ravel()] == pytest.approx(alone.ease, abs=1e-3)


@given(seed=st.integers(0, 50))
def test_turning_answers_around_turns_what_is_believed(seed: int) -> None:
    made = crowd(SHARES, 40, seed)
    turned = np.random.default_rng(seed).random(40) < 0.5
    votes = np.where(turned[made.item], -made.vote, made.vote)
    one = glad.read(patterns(made), 4)
    other = glad.read(Patterns.of(made.item, made.rater, votes), 4)
    assert other.ability == pytest.approx(one.ability, abs=1e-4)
    mirrored = np.where(turned[:, None], one.truth[:, ::-1], one.truth)
    assert other.truth == pytest.approx(mirrored, abs=1e-4)


def test_an_item_on_which_able_raters_disagree_is_the_hardest() -> None:
    labels = np.array([[1, 1, 1]] * 20 + [[-1, -1, -1]] * 20 + [[1, 0, -1]])
    item, rater = np.divmod(np.arange(labels.size), 3)
    found = glad.read(Patterns.of(item, rater, labels.ravel()), 3)
    assert found.ease.argmin() == 40
    assert found.truth[40] == pytest.approx(np.full(3, 1 / 3), abs=1e-6)


def test_a_rater_without_votes_has_the_priors_ability() -> None:
    votes = patterns(crowd(SHARES, 20, 1))
    assert glad.read(votes, 5).ability[4] == pytest.approx(glad.USUAL_ABILITY)
