"""ACC and ACC+ against counting by hand, and the laws they keep."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.quality.accuracy import (
    RIGHT,
    TIE,
    UNSCORED,
    WRONG,
    Accuracy,
    accuracy,
    macro_average,
)

OUTCOMES = st.sampled_from([RIGHT, TIE, WRONG, UNSCORED])
ROWS = st.lists(st.tuples(OUTCOMES, st.integers(0, 6)), min_size=1, max_size=40)
Rows = Sequence[tuple[int, int]]


def of(rows: Rows) -> Accuracy:
    outcomes, prompts = zip(*rows, strict=True)
    return accuracy(outcomes, prompts)


def test_an_example_of_two_prompts() -> None:
    """A 3 of 3 and B 2 of 3."""
    found = accuracy([RIGHT] * 5 + [WRONG], [0, 0, 0, 1, 1, 1])
    assert found.acc.value == pytest.approx(5 / 6)
    assert found.acc_plus.value == 0.5
    assert (found.pairs, found.prompts, found.right, found.whole) == (6, 2, 5, 1)


def test_a_tie_is_wrong_and_half_of_it_stands_beside() -> None:
    found = accuracy([RIGHT, TIE], [0, 0])
    assert (found.acc.value, found.acc_plus.value, found.ties_half.value) == (0.5, 0.0, 0.75)


def test_an_unscored_pair_is_wrong_and_no_tie() -> None:
    found = accuracy([RIGHT, UNSCORED], [0, 1])
    assert (found.acc.value, found.ties_half.value, found.ties, found.unscored) == (0.5, 0.5, 0, 1)


@given(ROWS)
def test_counts_and_shares_are_those_of_counting_by_hand(rows: Rows) -> None:
    found = of(rows)
    prompts = {prompt for _, prompt in rows}
    right = sum(outcome == RIGHT for outcome, _ in rows)
    ties = sum(outcome == TIE for outcome, _ in rows)
    whole = sum(
        all(outcome == RIGHT for outcome, its in rows if its == prompt) for prompt in prompts
    )
    assert (found.right, found.ties, found.whole) == (right, ties, whole)
    assert found.acc.value == float(Fraction(right, len(rows)))
    assert found.acc_plus.value == float(Fraction(whole, len(prompts)))
    assert found.ties_half.value == float(Fraction(2 * right + ties, 2 * len(rows)))


@given(ROWS, st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_the_numbers_of_prompts_matter(
    rows: Rows, random: object
) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # Hypothesis's own Random
    renamed = [(outcome, 1000 - 7 * prompt) for outcome, prompt in shuffled]
    assert of(rows) == of(renamed)


@given(ROWS)
def test_swapping_all_labels_leaves_what_is_neither_right_nor_a_tie(rows: Rows) -> None:
    swapped = {RIGHT: WRONG, WRONG: RIGHT, TIE: TIE, UNSCORED: UNSCORED}
    found, other = of(rows), of([(swapped[outcome], prompt) for outcome, prompt in rows])
    rest = (found.ties + found.unscored) / found.pairs
    assert other.acc.value == pytest.approx(1 - found.acc.value - rest)


@given(ROWS)
def test_every_interval_holds_its_share_and_stays_among_shares(rows: Rows) -> None:
    found = of(rows)
    for share in (found.acc, found.acc_plus, found.ties_half):
        low, high = share.interval
        assert 0 <= low <= share.value <= high <= 1


@given(ROWS)
def test_no_interval_says_that_a_share_is_certain(rows: Rows) -> None:
    found = of(rows)
    for share in (found.acc, found.acc_plus, found.ties_half):
        assert share.interval[0] < share.interval[1]


@given(ROWS)
def test_a_prompt_with_one_pair_more_cannot_be_easier(rows: Rows) -> None:
    prompt = rows[0][1]
    assert of([*rows, (WRONG, prompt)]).whole <= of(rows).whole


def test_pairs_of_a_prompt_do_not_count_as_so_many_witnesses() -> None:
    """Ten pairs of one prompt say as much as one pair: the interval is as wide."""
    outcomes = [RIGHT, WRONG, RIGHT, RIGHT, WRONG, RIGHT, RIGHT, WRONG]
    single = accuracy(outcomes, range(8))
    tenfold = accuracy([it for it in outcomes for _ in range(10)], [n // 10 for n in range(80)])
    assert tenfold.acc.interval == single.acc.interval


def test_the_seed_draws_other_intervals_and_no_other_shares() -> None:
    rows = [RIGHT, WRONG, TIE, RIGHT, RIGHT, WRONG, TIE]
    one, other = (accuracy(rows, [0, 0, 1, 1, 2, 3, 4], seed=seed) for seed in (1, 2))
    assert one.acc.value == other.acc.value
    assert one.acc.interval == pytest.approx(other.acc.interval, abs=0.1)


def test_the_bootstrap_covers_the_true_share_about_as_often_as_it_says() -> None:
    """200 benchmarks of 60 prompts whose three pairs are won together, at 0.7."""
    import numpy as np

    random = np.random.default_rng(7)
    held = 0
    for seed in range(200):
        won = random.random(60) < 0.7
        low, high = accuracy(
            [RIGHT if it else WRONG for it in won for _ in range(3)],
            [n // 3 for n in range(180)],
            seed=seed,
        ).acc.interval
        held += low <= 0.7 <= high
    assert 0.90 <= held / 200 <= 0.99


def test_the_macro_average_knows_no_sizes() -> None:
    assert macro_average([1.0, 0.0]) == 0.5
