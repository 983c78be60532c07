"""Whether readings agree, on examples worked by hand."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.prompting.consistency import Reading, slot_effect, unstable


def _reading(order: str, *totals: float) -> Reading:
    """Candidates as letters in the order shown, each with its total."""
    return Reading(tuple(order), dict(zip(order, totals, strict=True)))


def test_readings_that_agree_are_stable() -> None:
    assert unstable([_reading("abc", 9, 6, 3), _reading("cba", 3, 6, 9)], 0) == {}


def test_a_milder_reading_is_still_the_same_judgement() -> None:
    assert unstable([_reading("ab", 9, 6), _reading("ba", 3, 6)], 0) == {}


def test_a_pair_whose_sides_change_is_unstable() -> None:
    # a-b: 9-6=3 then 5-7=-2. a-c: 6 then 2. b-c: 3 then 4.
    readings = [_reading("abc", 9, 6, 3), _reading("cba", 3, 7, 5)]
    assert unstable(readings, 4) == {("a", "b"): "opposite"}


def test_a_pair_whose_differences_lie_far_apart_is_unstable() -> None:
    # a-b: 6 then 1, which are 5 apart.
    readings = [_reading("ab", 9, 3), _reading("ba", 5, 6)]
    assert unstable(readings, 5) == {}
    assert unstable(readings, 4.9) == {("a", "b"): "spread"}


def test_a_tie_in_one_reading_is_no_opposite() -> None:
    readings = [_reading("ab", 6, 6), _reading("ba", 6, 7)]
    assert unstable(readings, 1) == {}
    assert unstable(readings, 0) == {("a", "b"): "spread"}


def test_binary_fractions_are_no_disagreement() -> None:
    assert 0.1 + 0.2 > 0.3
    assert unstable([_reading("ab", 0.1 + 0.2, 0.3), _reading("ba", 0.3 + 1e-12, 0.3)], 0) == {}


def test_samples_of_one_order_are_readings_too() -> None:
    readings = [_reading("ab", 2, 1), _reading("ab", 2, 1), _reading("ab", 1, 2)]
    assert unstable(readings, 9) == {("a", "b"): "opposite"}


def test_pairs_are_compared_where_both_were_scored() -> None:
    # The three pairs of a pairwise judge; only a and b were read in both orders.
    readings = [_reading("ab", 2, 1), _reading("ba", 3, 1), _reading("bc", 4, 1)]
    assert unstable(readings, 9) == {("a", "b"): "opposite"}
    assert unstable(readings[2:], 0) == {}
    assert unstable([], 0) == {}


def test_a_judge_that_favours_the_first_slot_shows_it() -> None:
    # a: 8 first, 6 last, mean 7. b: 3 last, 5 first, mean 4. First: +1, +1. Last: -1, -1.
    assert slot_effect([_reading("ab", 8, 3), _reading("ba", 5, 6)]) == {0: 1, 1: -1}


def test_the_effect_is_the_mean_over_answers() -> None:
    # a: 8, 4 (mean 6): slot 0 +2, slot 1 -2. b: 4, 4: 0 at both. Means: +1 and -1.
    assert slot_effect([_reading("ab", 8, 4), _reading("ba", 4, 4)]) == {0: 1, 1: -1}


def test_three_slots_of_a_latin_square() -> None:
    # Every answer gets its worth plus 3 in slot 0, 0 in slot 1, -3 in slot 2.
    readings = [
        _reading("abc", 10 + 3, 20, 30 - 3),
        _reading("bca", 20 + 3, 30, 10 - 3),
        _reading("cab", 30 + 3, 10, 20 - 3),
    ]
    assert slot_effect(readings) == {0: 3, 1: 0, 2: -3}


def test_answers_that_never_moved_tell_nothing() -> None:
    assert slot_effect([_reading("ab", 8, 3), _reading("ab", 6, 5)]) == {}
    moved = [_reading("ab", 8, 3), _reading("ba", 5, 6)]
    assert slot_effect([*moved, _reading("xy", 9, 1)]) == slot_effect(moved)


SQUARE = ("abcd", "dcba", "bdac", "cadb")


@given(
    worth=st.fixed_dictionaries({letter: st.integers(-50, 50) for letter in "abcd"}),
    effect=st.lists(st.integers(-9, 9), min_size=4, max_size=4),
)
def test_in_a_latin_square_the_effect_of_slots_is_found_whatever_answers_are_worth(
    worth: dict[str, int], effect: list[int]
) -> None:
    readings = [
        _reading(row, *(worth[letter] + effect[slot] for slot, letter in enumerate(row)))
        for row in SQUARE
    ]
    mean = Fraction(sum(effect), 4)
    expected = {slot: float(value - mean) for slot, value in enumerate(effect)}
    assert slot_effect(readings) == pytest.approx(expected)


@given(totals=st.lists(st.integers(0, 12), min_size=4, max_size=4), threshold=st.integers(0, 9))
def test_a_reading_against_itself_is_stable_and_its_mirror_image_is_not(
    totals: list[int], threshold: int
) -> None:
    reading = _reading("abcd", *totals)
    assert unstable([reading, reading], threshold) == {}
    mirrored = _reading("abcd", *(-total for total in totals))
    told_apart = {
        (a, b)
        for a, x in zip("abcd", totals, strict=True)
        for b, y in zip("abcd", totals, strict=True)
        if a < b and x != y
    }
    assert set(unstable([reading, mirrored], threshold)) == told_apart
