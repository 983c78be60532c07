from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.sources.tiers import tiers_of_pairs, tiers_of_ranks


@pytest.mark.parametrize(
    ("ranks", "tiers"),
    [
        ("1>2=3>4", [[0], [1, 2], [3]]),
        ("4>3>2>1", [[3], [2], [1], [0]]),
        (" 2 = 1 > 3 ", [[1, 0], [2]]),
        ("1=2=3=4", [[0, 1, 2, 3]]),
        ("3>1", [[2], [0]]),
        ("2", [[1]]),
    ],
)
def test_rank_string_gives_its_tiers(ranks: str, tiers: list[list[int]]) -> None:
    assert tiers_of_ranks(ranks, 4) == tiers


@pytest.mark.parametrize(
    "ranks", ["", "1>", ">1", "1>>2", "1<2", "a>b", "1>1", "1>2>1", "0>1", "1>5", "1.5>2", "1 2"]
)
def test_rank_string_that_is_no_order_gives_none(ranks: str) -> None:
    assert tiers_of_ranks(ranks, 4) is None


def test_huge_number_in_a_rank_string_is_no_place() -> None:
    assert tiers_of_ranks("9" * 5000, 4) is None
    assert tiers_of_ranks("\u0663>\u0661", 4) is None


@pytest.mark.parametrize(
    ("pairs", "tiers"),
    [
        ([(0, 1)], [[0], [1]]),
        ([(0, 1), (0, 2), (1, 2)], [[0], [1], [2]]),
        ([(0, 1), (0, 2)], [[0], [1, 2]]),
        ([(0, 2), (1, 2)], [[0, 1], [2]]),
        ([(0, 1), (0, 2), (0, 3), (1, 3), (2, 3)], [[0], [1, 2], [3]]),
    ],
)
def test_pairs_of_a_weak_order_give_its_tiers(
    pairs: list[tuple[int, int]], tiers: list[list[int]]
) -> None:
    count = 1 + max(answer for pair in pairs for answer in pair)
    assert tiers_of_pairs(pairs, count) == tiers


@pytest.mark.parametrize(
    ("pairs", "count"),
    [
        ([(0, 1), (1, 2)], 3),
        ([(0, 1), (1, 0)], 2),
        ([(0, 1), (1, 2), (2, 0)], 3),
        ([(0, 1), (2, 3)], 4),
        ([(0, 1), (0, 2), (1, 2), (0, 3)], 4),
    ],
    ids=["chain without its ends", "both ways", "cycle", "apart", "last one half compared"],
)
def test_pairs_of_no_weak_order_give_none(pairs: list[tuple[int, int]], count: int) -> None:
    assert tiers_of_pairs(pairs, count) is None


@given(st.lists(st.integers(0, 3), min_size=2, max_size=6))
def test_any_weak_order_is_rebuilt_from_its_pairs(ranks: list[int]) -> None:
    pairs = [
        (a, b) if ranks[a] < ranks[b] else (b, a)
        for a, b in combinations(range(len(ranks)), 2)
        if ranks[a] != ranks[b]
    ]
    wanted = [[n for n, rank in enumerate(ranks) if rank == one] for one in sorted(set(ranks))]
    assert tiers_of_pairs(pairs, len(ranks)) == wanted


@given(st.sets(st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(lambda p: p[0] != p[1])))
def test_tiers_give_back_exactly_the_pairs(pairs: set[tuple[int, int]]) -> None:
    tiers = tiers_of_pairs(sorted(pairs), 4)
    if tiers is not None:
        place = {answer: number for number, tier in enumerate(tiers) for answer in tier}
        every = {(a, b) for a in range(4) for b in range(4) if place[a] < place[b]}
        assert every == pairs
