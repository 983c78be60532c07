"""Whole prompts by ratio: exact in sum, within one of their share."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.selecting.shares import apportioned, wanted_by_type

TYPES = st.sampled_from(["mcq", "long", "short", "safety", "video", "unknown"])
THERE = st.dictionaries(TYPES, st.integers(1, 10_000), min_size=1)
WEIGHTS = st.dictionaries(TYPES, st.integers(1, 9))
PAPER = {"long": 4.0, "short": 5.0, "mcq": 1.0}


def test_without_a_ratio_types_keep_their_raw_share() -> None:
    there = {"long": 1217, "short": 8369, "mcq": 414}
    assert wanted_by_type(1000, there, {}) == {"long": 122, "short": 837, "mcq": 41}


def test_the_papers_ratio_reweights_pictures_and_leaves_safety_and_video() -> None:
    there = {"long": 100, "short": 800, "mcq": 100, "safety": 200, "video": 800}
    assert wanted_by_type(200, there, PAPER) == {
        "long": 40,
        "short": 50,
        "mcq": 10,
        "safety": 20,
        "video": 80,
    }


def test_a_type_that_is_not_there_keeps_its_share_of_the_ratio() -> None:
    assert wanted_by_type(10, {"short": 50}, {"short": 1.0, "mcq": 1.0}) == {"mcq": 5, "short": 5}


def test_a_weight_of_zero_takes_none() -> None:
    wanted = wanted_by_type(10, {"short": 50, "long": 50}, {"short": 0.0, "long": 2.0})
    assert wanted == {"long": 10, "short": 0}


def test_of_nothing_nothing_is_wanted() -> None:
    assert wanted_by_type(10, {}, PAPER) == {}


def test_equal_remainders_go_to_the_first() -> None:
    assert apportioned(4, [1, 1, 1]) == [2, 1, 1]


@pytest.mark.parametrize("ratio", [0.1, 1 / 3, 4.5])
def test_weights_need_not_be_whole(ratio: float) -> None:
    wanted = wanted_by_type(100, {"short": 500, "long": 500}, {"short": ratio, "long": ratio})
    assert wanted == {"short": 50, "long": 50}


@given(st.integers(0, 5_000), THERE, WEIGHTS)
def test_all_that_is_wanted_sums_up_and_is_within_one_of_its_share(
    count: int, there: dict[str, int], weights: dict[str, int]
) -> None:
    ratio = {name: float(weight) for name, weight in weights.items()}
    wanted = wanted_by_type(count, there, ratio)
    named = sum(there.get(name, 0) for name in ratio)
    if sum(wanted.values()) != count:
        assert set(there) == set()
    total = sum(there.values())
    for name, parts in wanted.items():
        share = (
            Fraction(named * weights[name], total * sum(weights.values()))
            if name in weights
            else Fraction(there[name], total)
        )
        assert abs(parts - count * share) < 1


@given(THERE.flatmap(lambda there: st.tuples(st.just(there), st.integers(0, sum(there.values())))))
def test_raw_shares_never_ask_for_more_than_there_is(given: tuple[dict[str, int], int]) -> None:
    there, count = given
    wanted = wanted_by_type(count, there, {})
    assert all(wanted[name] <= there[name] for name in there)
    assert sum(wanted.values()) == count
