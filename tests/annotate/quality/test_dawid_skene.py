"""Dawid and Skene's model beside crowd-kit's, and what turning answers around must not change."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.quality.dawid_skene import Patterns, Reading, opposite, read, right
from tests.support.crowd import Crowd, crowd

SHARES = {0: (0.85, 0.1), 1: (0.7, 0.2), 2: (0.55, 0.15), 3: (0.4, 0.3)}
NO_SMOOTHING = 1e-10
CROWD_KIT = [
    # Of crowd-kit 1.4.2, DawidSkene(n_iter=500, tol=1e-9), on every item and its mirror image:
    # a tie seen as a tie, a preference seen as such, as a tie, and turned around.
    (1.000000, 0.798359, 0.065347, 0.136294),
    (0.729963, 0.802094, 0.172425, 0.025481),
    (0.635370, 0.547347, 0.123473, 0.329180),
    (0.465448, 0.396888, 0.310471, 0.292641),
]


def fitted(found: Crowd, raters: int = 4) -> tuple[Patterns, Reading]:
    votes = Patterns.of(found.item, found.rater, found.vote)
    return votes, read(votes, raters, NO_SMOOTHING)


def test_confusions_are_those_of_crowd_kit() -> None:
    _, reading = fitted(crowd(SHARES, 300, 7))
    ours = [(it[1, 1], it[2, 2], it[2, 1], it[2, 0]) for it in reading.confusion]
    assert np.array(ours) == pytest.approx(np.array(CROWD_KIT), abs=0.005)
    assert reading.prior == pytest.approx(np.array([0.415484, 0.169032, 0.415484]), abs=0.001)


@pytest.mark.filterwarnings("ignore")
def test_confusions_are_those_of_crowd_kit_where_it_is_installed() -> None:
    aggregation = pytest.importorskip("crowdkit.aggregation")
    import pandas as pd

    found = crowd(SHARES, 200, 3)
    rows = pd.DataFrame({"task": found.item, "worker": found.rater, "label": found.vote})
    turned = rows.assign(task=-1 - rows["task"], label=-rows["label"])
    theirs = aggregation.DawidSkene(n_iter=500, tol=1e-9).fit(pd.concat([rows, turned]))
    _, reading = fitted(found)
    for rater in SHARES:
        for true in (-1, 0, 1):
            for label in (-1, 0, 1):
                expected = theirs.errors_.loc[(rater, label), true]
                assert reading.confusion[rater, true + 1, label + 1] == pytest.approx(
                    expected, abs=0.01
                )


def test_the_truth_is_found_more_often_than_by_the_majority() -> None:
    found = crowd({0: (0.9, 0.05), **dict.fromkeys(range(1, 5), (0.45, 0.2))}, 600, 5)
    _, reading = fitted(found, 5)
    believed = reading.truth.argmax(axis=1) - 1
    sums = np.bincount(found.item, found.vote)
    assert (believed == found.truth).mean() > (np.sign(sums) == found.truth).mean() + 0.1


@given(seed=st.integers(0, 50))
def test_turning_answers_around_turns_what_is_believed(seed: int) -> None:
    found = crowd(SHARES, 40, seed)
    turned = np.random.default_rng(seed).random(40) < 0.5
    votes = np.where(turned[found.item], -found.vote, found.vote)
    one = read(Patterns.of(found.item, found.rater, found.vote), 4)
    other = read(Patterns.of(found.item, found.rater, votes), 4)
    assert other.confusion == pytest.approx(one.confusion, abs=1e-6)
    mirrored = np.where(turned[:, None], one.truth[:, ::-1], one.truth)
    assert other.truth == pytest.approx(mirrored, abs=1e-6)


def test_items_with_the_same_votes_may_be_one_pattern_with_a_count() -> None:
    found = crowd({0: (0.9, 0.0), 1: (0.8, 0.1), 2: (0.6, 0.2)}, 200, 1)
    votes, alone = fitted(found, 3)
    rows = found.vote.reshape(3, 200).T
    kinds, counts = np.unique(rows, axis=0, return_counts=True)
    labels = kinds.reshape(-1) + 1
    pattern = np.repeat(np.arange(len(kinds)), 3)
    rater = np.tile(np.arange(3), len(kinds))
    joined = read(Patterns(pattern, rater, labels, counts.astype(float)), 3, NO_SMOOTHING)
    assert joined.confusion == pytest.approx(alone.confusion, abs=1e-6)
    assert right(votes, alone).sum() == pytest.approx(
        (joined.truth[pattern, labels] * counts[pattern]).sum(), abs=1e-4
    )


def test_a_tie_is_never_the_opposite_of_what_is_true() -> None:
    found = crowd(SHARES, 50, 2)
    votes, reading = fitted(found)
    assert set(opposite(votes, reading)[found.vote == 0]) == {0.0}
