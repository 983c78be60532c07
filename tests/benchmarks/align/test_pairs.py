"""Pairs whose labels and deltas are known: same seed, same bytes; wrong where they should be."""

import math

import numpy as np
import pytest

from benchmarks.align.pairs import RATE, flipped, pairs, rated, scored, shuffled


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert pairs(40, "a") == pairs(40, "a")
    assert pairs(40, "a") == pairs(80, "a")[:40]


def test_no_picture_is_in_two_sets() -> None:
    shown = [{row.picture for row in pairs(400, seed)} for seed in ("train 0", "held out")]
    assert not shown[0] & shown[1]
    assert len(shown[0]) == 400


def test_exactly_the_share_is_flipped_and_differs_by_seed() -> None:
    rows = pairs(200, "a")
    one, other = flipped(rows, 0.25, 0), flipped(rows, 0.25, 1)
    assert sum(row.difference < 0 for row in one) == 50
    assert one != other
    assert flipped(rows, 0.25, 0) == one
    assert flipped(rows, 0.0, 0) == rows


def test_a_flipped_pair_prefers_the_other_answer_and_its_delta_turns() -> None:
    (row,) = scored(pairs(1, "a"), 0.3, 0)
    assert row.delta is not None
    turned = row.flipped
    assert (turned.chosen, turned.rejected) == (row.rejected, row.chosen)
    assert (turned.difference, turned.delta) == (-row.difference, -row.delta)
    assert turned.flipped == row


def test_raters_err_as_bradley_and_terry_say() -> None:
    rows = pairs(2_000, "a")
    found = rated(rows, 0)
    for size in (1, 2, 3):
        wrong = [it.difference < 0 for it in found if abs(it.difference) == size]
        expected = 1 / (1 + math.exp(RATE * size))
        reach = 4 * math.sqrt(expected * (1 - expected) / len(wrong))
        assert np.mean(wrong) == pytest.approx(expected, abs=reach)


def test_delta_is_the_difference_in_logits_with_the_noise_asked_for() -> None:
    rows = pairs(1_000, "a")
    assert all(row.delta == RATE * row.difference for row in scored(rows, 0.0, 0))
    noisy = scored(rows, 0.8, 0)
    errors = [(row.delta or 0) - RATE * row.difference for row in noisy]
    assert np.std(errors) == pytest.approx(0.8, abs=0.08)
    assert np.mean(errors) == pytest.approx(0, abs=0.1)


def test_shuffled_deltas_are_the_same_ones_and_tell_nothing() -> None:
    rows = scored(pairs(1_000, "a"), 0.0, 0)
    found = shuffled(rows, 0)
    assert sorted(row.delta or 0 for row in found) == sorted(row.delta or 0 for row in rows)
    told = np.corrcoef([row.delta or 0 for row in found], [row.difference for row in found])[0, 1]
    assert abs(told) < 4 / math.sqrt(len(rows))
