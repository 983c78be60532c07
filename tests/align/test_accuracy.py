"""ACC and ACC+ from differences."""

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.accuracy import accuracy_of
from annotate.quality.accuracy import accuracy


def test_accuracy_is_that_of_the_reward_bench() -> None:
    found = accuracy_of("implicit_reward", [1, 2, 3, 1, 0, 2], ["a"] * 3 + ["b"] * 3)
    assert found.acc.value == pytest.approx(0.833333)
    assert found.acc_plus.value == 0.5
    assert found.ties_half == pytest.approx(5.5 / 6)


@pytest.mark.parametrize("value", [nan, inf])
def test_a_number_that_is_none_is_wrong_and_counted(value: float) -> None:
    found = accuracy_of("log_probability", [value, 1.0], ["a", "b"])
    assert (found.unscored, found.ties, found.acc.part) == (1, 0, 1)
    assert found.mean_difference == 1.0


def test_no_pairs_have_no_accuracy() -> None:
    found = accuracy_of("log_probability", [], [])
    assert (found.acc.value, found.acc_plus.value, found.mean_difference) == (None, None, None)


@given(st.lists(st.tuples(st.sampled_from([-2.0, 0.0, 1.5]), st.sampled_from("abc")), min_size=1))
def test_accuracy_is_that_of_a_bench(rows: list[tuple[float, str]]) -> None:
    values, prompts = [row[0] for row in rows], [row[1] for row in rows]
    found = accuracy_of("implicit_reward", values, prompts)
    outcomes = [(value > 0) - (value < 0) for value in values]
    oracle = accuracy(outcomes, ["abc".index(prompt) for prompt in prompts])
    assert (found.acc.part, found.acc.whole, found.ties) == (
        oracle.right,
        oracle.pairs,
        oracle.ties,
    )
    assert (found.acc_plus.part, found.acc_plus.whole) == (oracle.whole, oracle.prompts)
    assert found.ties_half == pytest.approx(oracle.ties_half.value)
