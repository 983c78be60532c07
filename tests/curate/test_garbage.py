"""The search for cycles while many records pass."""

import gc

import pytest

from curate.garbage import RARELY, searched_rarely


def test_search_is_as_before_once_the_block_has_run() -> None:
    before = gc.get_threshold()
    with searched_rarely():
        assert gc.get_threshold() == (max(before[0], RARELY), *before[1:])
    assert gc.get_threshold() == before


def test_search_is_as_before_where_the_block_broke_off() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="broke"), searched_rarely():
        raise ValueError("broke")
    assert gc.get_threshold() == before


def test_search_that_is_rarer_stays_so() -> None:
    before = gc.get_threshold()
    gc.set_threshold(5 * RARELY, 7, 3)
    try:
        with searched_rarely():
            assert gc.get_threshold() == (5 * RARELY, 7, 3)
    finally:
        gc.set_threshold(*before)
