"""Draws by seed and equal parts of groups."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from annotate.overlap import draw_of
from curate.selecting.draws import even_parts, numbers_of

SIZES = st.lists(st.integers(0, 40), min_size=1, max_size=30)


def parts_of(count: int, sizes: list[int]) -> list[int]:
    numbers = np.arange(len(sizes), dtype=np.uint64)[::-1].copy()
    found: list[int] = even_parts(count, np.array(sizes), numbers).tolist()
    return found


def test_small_groups_give_all_and_the_others_share_the_rest() -> None:
    assert parts_of(20, [1, 3, 50, 50]) == [1, 3, 8, 8]


def test_what_is_left_over_goes_to_the_smallest_numbers() -> None:
    assert parts_of(5, [9, 9, 9]) == [1, 2, 2]


@given(SIZES, st.integers(0, 900))
def test_parts_are_equal_within_one_unless_a_group_is_exhausted(
    sizes: list[int], count: int
) -> None:
    parts = parts_of(count, sizes)
    assert sum(parts) == min(count, sum(sizes))
    assert all(0 <= part <= size for part, size in zip(parts, sizes, strict=True))
    open_parts = [part for part, size in zip(parts, sizes, strict=True) if part < size]
    if open_parts:
        assert max(parts) <= min(open_parts) + 1


def test_another_seed_gives_other_numbers_and_the_same_one_the_same() -> None:
    ids = [f"{number:032x}" for number in range(50)]
    assert numbers_of(ids, 1).tolist() == numbers_of(ids, 1).tolist()
    assert numbers_of(ids, 1).tolist() != numbers_of(ids, 2).tolist()
    assert numbers_of(ids[::-1], 1).tolist() == numbers_of(ids, 1).tolist()[::-1]


def test_a_draw_says_nothing_about_the_overlap() -> None:
    """Or people would see the prompts that were selected first, not a uniform draw of them."""
    ids = [f"{number:032x}" for number in range(4000)]
    mine = numbers_of(ids, 0).astype(float)
    others = np.array([draw_of(prompt_id, 0) for prompt_id in ids], float)
    assert abs(np.corrcoef(mine, others)[0, 1]) < 0.05
