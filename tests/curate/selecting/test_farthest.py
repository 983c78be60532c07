"""Farthest first beside a plain reckoning of all distances."""

from typing import Any

import numpy as np
import pytest

from curate.selecting import farthest
from curate.selecting.farthest import farthest_first

Array = np.ndarray[Any, np.dtype[Any]]


def units(seed: int, count: int, dimensions: int) -> Array:
    drawn = np.random.default_rng(seed).normal(size=(count, dimensions))
    found: Array = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return found.astype(np.float32)


def brute(vectors: Array, count: int, first: int) -> list[int]:
    exact = vectors.astype(np.float64)
    taken = [first]
    while len(taken) < count:
        apart = np.linalg.norm(exact[:, None] - exact[taken][None], axis=2).min(axis=1)
        apart[taken] = -1
        taken.append(int(apart.argmax()))
    return taken


@pytest.mark.parametrize("seed", range(5))
def test_each_is_the_farthest_from_those_before(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(farthest, "BLOCK", 7)
    vectors = units(seed, 60, 5)
    taken, apart = farthest_first(vectors, 25, seed)
    assert taken.tolist() == brute(vectors, 25, seed)
    exact = vectors.astype(np.float64)
    for place in range(1, 25):
        gaps = np.linalg.norm(exact[taken[:place]] - exact[taken[place]], axis=1)
        assert apart[place] == pytest.approx(gaps.min(), abs=1e-3)


def test_distances_never_grow() -> None:
    _, apart = farthest_first(units(9, 200, 4), 100, 3)
    assert np.isnan(apart[0])
    assert (np.diff(apart[1:]) <= 1e-3).all()


def test_copies_are_taken_last_and_each_once() -> None:
    vectors = np.repeat(units(1, 3, 4), 3, axis=0)
    taken, _ = farthest_first(vectors, 9, 0)
    assert len({place // 3 for place in taken[:3].tolist()}) == 3
    assert sorted(taken.tolist()) == list(range(9))


def test_no_more_are_taken_than_there_are() -> None:
    taken, _ = farthest_first(units(1, 3, 4), 10, 1)
    assert sorted(taken.tolist()) == [0, 1, 2]
