"""Records and weights of raters, and when they are refused."""

import numpy as np
import pytest

from annotate.quality.dawid_skene import Patterns, read
from annotate.quality.reliability import LEAST_WEIGHT, Record, records, weights, why_not
from tests.support.crowd import crowd


def record(preferred: float, opposed: float) -> Record:
    return Record(preferred + opposed, preferred, preferred, opposed)


def test_records_count_every_vote_and_tell_careful_raters_from_careless_ones() -> None:
    found = crowd({0: (0.9, 0.05), 1: (0.8, 0.1), 2: (0.7, 0.2), 3: (0.34, 0.33)}, 400, 4)
    votes = Patterns.of(found.item, found.rater, found.vote)
    known = records(votes, read(votes, 4), 4)
    assert [it.votes for it in known] == [400, 400, 400, 400]
    truth = found.truth[found.item]
    for rater, it in enumerate(known):
        right = ((found.vote == truth) & (found.rater == rater)).mean() * 4
        assert it.right / it.votes == pytest.approx(right, abs=0.08)
    assert known[0].skill > known[1].skill > known[2].skill > 0.3 > known[3].skill


def test_weights_are_log_odds_with_the_mean_one() -> None:
    found = weights([record(89, 9), record(79, 19), record(59, 39)])
    assert found.mean() == pytest.approx(1)
    odds = np.log([90 / 10, 80 / 20, 60 / 40])
    assert found == pytest.approx(odds / odds.mean())


def test_a_rater_at_chance_or_worse_has_the_least_weight() -> None:
    found = weights([record(90, 10), record(50, 50), record(10, 90)])
    assert list(found[1:]) == [LEAST_WEIGHT, LEAST_WEIGHT]


def test_nobody_above_chance_means_equal_weights() -> None:
    assert list(weights([record(5, 9), record(9, 9)])) == [1, 1]


def test_an_infallible_rater_has_a_finite_weight() -> None:
    assert np.isfinite(weights([record(100, 0), record(50, 50)])).all()


@pytest.mark.parametrize(
    ("items", "reason"),
    [(0, "no item with the votes of 3 raters"), (19, "19 items"), (20, None), (500, None)],
)
def test_reliability_is_refused_below_twenty_items(items: int, reason: str | None) -> None:
    found = why_not(items)
    assert found is None if reason is None else reason in str(found)


def test_a_rater_who_only_ties_has_no_skill() -> None:
    assert Record(30, 10, 0, 0).skill == 0
