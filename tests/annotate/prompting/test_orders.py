"""Orders of answers: no answer keeps a slot, pairs turn round, and places even out over prompts."""

from collections import Counter
from itertools import combinations, pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.prompting.orders import Order, orders, pair_orders

SIZES = st.integers(1, 9)
SEEDS = st.text(max_size=8)


def _kept_pairs(first: Order, second: Order) -> int:
    """Pairs that stand in the same relative order in both."""
    return sum(second.index(a) < second.index(b) for a, b in combinations(first, 2))


@given(size=SIZES, count=st.integers(1, 12), seed=SEEDS)
def test_every_order_holds_every_answer_once(size: int, count: int, seed: str) -> None:
    for order in orders(size, count, seed):
        assert sorted(order) == list(range(size))


@given(size=SIZES, count=st.integers(1, 12), seed=SEEDS)
def test_no_answer_keeps_its_slot(size: int, count: int, seed: str) -> None:
    for column in zip(*orders(size, count, seed), strict=True):
        assert len(set(column)) == len(column)


@given(size=SIZES, seed=SEEDS)
def test_all_orders_together_put_every_answer_into_every_slot_once(size: int, seed: str) -> None:
    rows = orders(size, size, seed)
    assert len(rows) == size
    assert all(sorted(column) == list(range(size)) for column in zip(*rows, strict=True))


@given(size=SIZES, count=st.integers(1, 12), more=st.integers(0, 12), seed=SEEDS)
def test_fewer_orders_are_the_first_of_more(size: int, count: int, more: int, seed: str) -> None:
    assert orders(size, count + more, seed)[: min(count, size)] == orders(size, count, seed)


@given(size=SIZES, seed=SEEDS)
def test_there_are_no_more_orders_than_answers(size: int, seed: str) -> None:
    assert orders(size, 1000, seed) == orders(size, size, seed)


@pytest.mark.parametrize("size", range(2, 8))
def test_two_orders_turn_round_as_many_pairs_as_any_two_that_share_no_slot(size: int) -> None:
    first, second = orders(size, 2, "prompt")
    best = min(
        _kept_pairs(first, other)
        for other in permutations(range(size))
        if all(a != b for a, b in zip(first, other, strict=True))
    )
    assert _kept_pairs(first, second) == best == size % 2


@pytest.mark.parametrize("size", [2, 4, 6, 8])
def test_an_even_number_of_answers_is_balanced_by_neighbours_too(size: int) -> None:
    follows = Counter(pair for row in orders(size, size, "prompt") for pair in pairwise(row))
    assert set(follows) == set(permutations(range(size), 2))
    assert set(follows.values()) == {1}


def test_a_prompt_always_gets_the_same_orders() -> None:
    assert orders(4, 2, "a" * 32) == ((2, 0, 3, 1), (1, 3, 0, 2))


@pytest.mark.parametrize("size", [3, 4, 5])
@pytest.mark.parametrize("row", [0, 1])
def test_over_prompts_every_answer_has_every_slot_equally_often(size: int, row: int) -> None:
    prompts = 600 * size
    held = Counter(
        place for seed in range(prompts) for place in enumerate(orders(size, 2, str(seed))[row])
    )
    assert len(held) == size * size
    assert all(abs(count - 600) < 5 * 600**0.5 for count in held.values())


@given(size=SIZES, count=st.integers(1, 3), seed=SEEDS)
def test_every_pair_is_shown_in_one_or_both_orders(size: int, count: int, seed: str) -> None:
    shown = pair_orders(size, count, seed)
    pairs = list(combinations(range(size), 2))
    assert [tuple(sorted(pair[0])) for pair in shown] == pairs
    for pair in shown:
        assert len(pair) == min(count, 2)
        assert len(set(pair)) == len(pair)
        assert {tuple(sorted(order)) for order in pair} == {tuple(sorted(pair[0]))}


@given(size=SIZES, seed=SEEDS)
def test_in_one_order_a_pair_every_answer_comes_first_in_about_half(size: int, seed: str) -> None:
    first = Counter(pair[0][0] for pair in pair_orders(size, 1, seed))
    assert all(abs(2 * first[answer] - (size - 1)) <= 1 for answer in range(size))


@given(size=SIZES, seed=SEEDS)
def test_a_pair_s_first_order_stays_when_a_second_is_added(size: int, seed: str) -> None:
    both = pair_orders(size, 2, seed)
    assert pair_orders(size, 1, seed) == tuple(pair[:1] for pair in both)


@pytest.mark.parametrize(("size", "count"), [(0, 1), (3, 0), (-1, 2)])
def test_nothing_to_order_is_an_error(size: int, count: int) -> None:
    with pytest.raises(ValueError, match="start from 1"):
        orders(size, count, "prompt")
    with pytest.raises(ValueError, match="start from 1"):
        pair_orders(size, count, "prompt")


def test_one_answer_has_one_order_and_no_pair() -> None:
    assert orders(1, 2, "prompt") == ((0,),)
    assert pair_orders(1, 2, "prompt") == ()
