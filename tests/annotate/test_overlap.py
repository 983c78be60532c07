"""The draw of the overlap: uniform, never undone, with probabilities that are what they say."""

from collections import Counter
from decimal import Decimal
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.overlap import STEP, WHOLE, draw_of, threshold, threshold_of
from schemas.base import content_id

NUMBERS = st.integers(0, WHOLE - 1)
FRESH = st.lists(NUMBERS, max_size=40)
SHARES = st.sampled_from([0.0, 0.05, 0.3, 1.0])
MINIMA = st.integers(0, 30)


def ids(count: int) -> list[str]:
    return [content_id(number) for number in range(count)]


def drawn(numbers: list[int], reach: int) -> int:
    return sum(number < reach for number in numbers)


@given(FRESH, SHARES, MINIMA)
def test_the_share_and_the_minimum_are_met(numbers: list[int], share: float, minimum: int) -> None:
    reach = threshold([(number, 0) for number in numbers], share, minimum)
    assert reach >= threshold_of(share)
    assert drawn(numbers, reach) >= min(minimum, len(numbers))


@given(FRESH, SHARES, MINIMA)
def test_no_more_are_drawn_than_the_larger_of_both_asks_for(
    numbers: list[int], share: float, minimum: int
) -> None:
    """But for numbers that a probability of six places cannot tell apart."""
    reach = threshold([(number, 0) for number in numbers], share, minimum)
    if reach > threshold_of(share):
        assert drawn(numbers, reach - STEP) <= minimum


@given(FRESH, MINIMA)
def test_of_too_few_all_are_drawn_for_sure(numbers: list[int], more: int) -> None:
    pairs = [(number, 0) for number in numbers]
    minimum = len(numbers) + more
    assert threshold(pairs, 0.05, minimum) == (WHOLE if minimum else threshold_of(0.05))


@given(FRESH, SHARES, MINIMA)
def test_drawing_again_changes_nothing(numbers: list[int], share: float, minimum: int) -> None:
    first = threshold([(number, 0) for number in numbers], share, minimum)
    again = threshold([(number, first) for number in numbers], share, minimum)
    assert max(first, again) == first


@given(st.lists(st.tuples(FRESH, SHARES, MINIMA), max_size=4))
def test_a_prompt_drawn_once_stays_drawn(rounds: list[tuple[list[int], float, int]]) -> None:
    """Whatever prompts come later, and however share and minimum change."""
    known: list[tuple[int, int]] = []
    for numbers, share, minimum in rounds:
        before = {number for number, reach in known if number < reach}
        known += [(number, 0) for number in numbers]
        reach = threshold(known, share, minimum)
        known = [(number, max(reach, old)) for number, old in known]
        after = {number for number, old in known if number < old}
        assert before <= after
        assert len([n for n, old in known if n < old]) >= min(minimum, len(known))


@given(FRESH, FRESH)
def test_new_prompts_are_drawn_by_share_once_the_minimum_is_met(
    old: list[int], new: list[int]
) -> None:
    known = [(number, WHOLE) for number in old] + [(number, 0) for number in new]
    assert threshold(known, 0.3, len(old)) == threshold_of(0.3)


@pytest.mark.parametrize(("share", "minimum"), [(0.1, 0), (0.0, 12), (0.1, 12), (0.1, 8)])
def test_over_seeds_every_prompt_is_drawn_as_often_as_any_other(share: float, minimum: int) -> None:
    """The chi-square statistic of 80 prompts over 600 seeds stays where chance puts it."""
    prompts, n_seeds = ids(80), 600
    counts: Counter[str] = Counter()
    for seed in range(n_seeds):
        numbers = {prompt: draw_of(prompt, seed) for prompt in prompts}
        reach = threshold([(number, 0) for number in numbers.values()], share, minimum)
        counts.update(prompt for prompt, number in numbers.items() if number < reach)
    mean = sum(counts.values()) / len(prompts)
    chance = mean / n_seeds
    statistic = sum((counts[one] - mean) ** 2 for one in prompts) / (mean * (1 - chance))
    assert 45 < statistic < 120  # 79 degrees of freedom: one in a thousand lies outside


@pytest.mark.parametrize(("share", "minimum"), [(0.2, 0), (0.0, 10), (0.2, 10), (0.2, 16)])
def test_weights_by_the_probability_add_up_to_all_prompts(share: float, minimum: int) -> None:
    """Each drawn prompt stands for 1 / probability: over seeds, for all there are."""
    prompts, sums = ids(60), []
    for seed in range(1500):
        numbers = [draw_of(prompt, seed) for prompt in prompts]
        reach = threshold([(number, 0) for number in numbers], share, minimum)
        sums.append(drawn(numbers, reach) * WHOLE / reach)
    assert fmean(sums) == pytest.approx(len(prompts), rel=0.03)


def test_numbers_of_prompts_are_spread_evenly() -> None:
    tenths = Counter(draw_of(prompt, 7) * 10 // WHOLE for prompt in ids(5000))
    assert sorted(tenths) == list(range(10))
    assert all(400 < count < 600 for count in tenths.values())


def test_a_number_depends_on_seed_and_prompt_alone() -> None:
    one, other = ids(2)
    assert draw_of(one, 0) == draw_of(one, 0)
    assert len({draw_of(one, 0), draw_of(one, 1), draw_of(other, 0)}) == 3


@pytest.mark.parametrize(
    ("given", "reach"),
    [
        (0.05, 50_000 * STEP),
        (Decimal("0.050000"), 50_000 * STEP),
        (1 / 3, 333_333 * STEP),
        (1.0, WHOLE),
        (0.0, 0),
    ],
)
def test_a_probability_is_a_threshold_with_six_places(given: float | Decimal, reach: int) -> None:
    assert threshold_of(given) == reach


def test_the_first_number_left_out_is_the_threshold() -> None:
    numbers = [STEP * place for place in (10, 20, 30, 40)]
    assert threshold([(number, 0) for number in numbers], 0.0, 2) == 30 * STEP


def test_two_numbers_within_one_step_are_drawn_together() -> None:
    numbers = [10 * STEP, 20 * STEP, 20 * STEP + 1, 40 * STEP]
    reach = threshold([(number, 0) for number in numbers], 0.0, 2)
    assert (reach, drawn(numbers, reach)) == (21 * STEP, 3)
