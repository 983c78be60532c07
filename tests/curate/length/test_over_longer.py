"""Drawing pairs away by length: as few as the share asks for, by seed, category by category."""

from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.lengths import PAIRS, Lengths, measured


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("over-longer")


def drawn(folder: Path, pairs: list[Lengths], share: Fraction, seed: str = "0") -> set[int]:
    """The places of the pairs that leave."""
    cap = int(share * 1_000_000)
    with measured(folder, pairs, cap_longer=cap, pair_seed=seed) as engine:
        return {int(pair_id) for pair_id, _cap in engine.rows("length/over_longer")}


@settings(max_examples=40, deadline=None)
@given(pairs=PAIRS, hundredths=st.integers(50, 99))
def test_the_share_holds_and_one_pair_more_would_break_it(
    folder: Path, pairs: list[Lengths], hundredths: int
) -> None:
    share = Fraction(hundredths, 100)
    lost = drawn(folder, pairs, share)
    assert all(pairs[place][1] > pairs[place][2] for place in lost)
    kept = [pair for place, pair in enumerate(pairs) if place not in lost]
    longer = Counter(category for category, chosen, rejected in kept if chosen > rejected)
    whole = Counter(category for category, _chosen, _rejected in kept)
    for category, n in whole.items():
        assert Fraction(longer[category], n) <= share
    for category in {pairs[place][0] for place in lost}:
        assert Fraction(longer[category] + 1, whole[category] + 1) > share


def test_a_share_that_binary_numbers_miss_is_met_exactly(folder: Path) -> None:
    pairs = [("a", 2, 1)] * 5 + [("a", 1, 2)] * 2
    assert len(drawn(folder, pairs, Fraction(6, 10))) == 2


def test_the_seed_says_which(folder: Path) -> None:
    pairs = [("a", 2, 1)] * 20 + [("a", 1, 2)] * 10
    found = {frozenset(drawn(folder, pairs, Fraction(1, 2), str(seed))) for seed in range(3)}
    assert len(found) == 3
    assert {len(it) for it in found} == {10}


def test_equal_lengths_are_not_longer(folder: Path) -> None:
    assert drawn(folder, [("a", 2, 2)] * 9, Fraction(1, 2)) == set()
