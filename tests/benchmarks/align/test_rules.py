"""The task needs its picture: rules on texts are at chance, and readers of other pictures too."""

import math
from random import Random

import numpy as np
import pytest

from benchmarks.align.pairs import Pair, pairs
from benchmarks.align.rules import accuracy, rules
from tests.benchmarks.align.test_questions import worth

HELD_OUT = pairs(1_000, "held out")
RULES = rules(pairs(1_000, "train 0"))


@pytest.mark.parametrize("name", RULES)
def test_a_rule_on_texts_is_right_on_half_of_the_held_out_pairs(name: str) -> None:
    assert accuracy(HELD_OUT, RULES[name]) == 0.5


def test_rules_that_learn_have_learned_something() -> None:
    """They would see what texts give away: where every pair has the longer answer chosen, say."""
    given_away = [row for row in pairs(1_000, "train 1") if len(row.chosen) > len(row.rejected)]
    learned = rules(given_away)["logistic regression on words"]
    unseen = [row for row in HELD_OUT if len(row.chosen) > len(row.rejected)]
    assert accuracy(unseen, learned) > 0.8


def seen_right(row: Pair, shown: Pair) -> float:
    """Whether a perfect reader of the shown picture is right on the row; half for a draw."""
    leads = worth(row.chosen, shown.truth) - worth(row.rejected, shown.truth)
    return (leads > 0) + 0.5 * (leads == 0)


def test_a_perfect_reader_is_right_on_its_own_pictures_and_at_chance_on_others() -> None:
    for kind in ("counting", "beside"):
        rows = [row for row in HELD_OUT if row.kind == kind]
        others = Random(0).sample(rows, len(rows))
        assert np.mean([seen_right(row, row) for row in rows]) == 1.0
        found = np.mean([seen_right(*both) for both in zip(rows, others, strict=True)])
        assert found == pytest.approx(0.5, abs=4 * 0.5 / math.sqrt(len(rows)))
