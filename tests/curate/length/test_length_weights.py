"""Weights by stratum: longer and shorter chosen answers weigh the same, and the mean is 1."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.support.lengths import PAIRS, Lengths, measured

Weighted = list[tuple[Lengths, bool, bool, float]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("length-weights")


def weighed(folder: Path, pairs: list[Lengths]) -> Weighted:
    """(pair, one_sided, bounded, weight) of every pair whose answers differ in length."""
    with measured(folder, pairs) as engine:
        return [
            (pairs[int(pair_id)], one_sided, bounded, float(weight))
            for pair_id, one_sided, bounded, weight in engine.rows("length/length_weights")
        ]


def strata(found: Weighted) -> Iterator[Weighted]:
    """The pairs of each category whose longer answer is as many times the shorter."""
    groups: dict[tuple[str, int], Weighted] = {}
    for row in found:
        category, *sides = row[0]
        less, more = sorted(sides)
        place = sum(more > bound * less for bound in (1.25, 1.5, 2, 4))
        groups.setdefault((category, place), []).append(row)
    yield from groups.values()


@settings(max_examples=40, deadline=None)
@given(pairs=PAIRS)
def test_every_stratum_is_balanced_or_says_that_it_is_not(
    folder: Path, pairs: list[Lengths]
) -> None:
    found = weighed(folder, pairs)
    assert Counter(row[0] for row in found) == Counter(it for it in pairs if it[1] != it[2])
    for rows in strata(found):
        longer = sum(weight for (_, one, other), _, _, weight in rows if one > other)
        whole = sum(weight for *_, weight in rows)
        assert whole == pytest.approx(len(rows), abs=1e-4)
        assert max(weight for *_, weight in rows) <= 5
        if rows[0][1]:
            assert {weight for *_, weight in rows} == {1}
            assert longer in (0, len(rows))
        elif not rows[0][2]:
            assert longer == pytest.approx(whole / 2, abs=1e-4)


def test_the_rarer_side_weighs_more(folder: Path) -> None:
    found = weighed(folder, [("a", 12, 10)] * 3 + [("a", 10, 12)])
    assert sorted(weight for *_, weight in found) == [0.666667] * 3 + [2.0]


def test_no_pair_weighs_more_than_five_and_the_mean_stays_one(folder: Path) -> None:
    found = weighed(folder, [("a", 12, 10)] * 19 + [("a", 10, 12)])
    assert {bounded for _, _, bounded, _ in found} == {True}
    assert sorted(weight for *_, weight in found) == [pytest.approx(15 / 19, abs=1e-6)] * 19 + [5]


def test_an_empty_answer_has_the_widest_ratio(folder: Path) -> None:
    found = weighed(folder, [("a", 12, 0), ("a", 0, 90)])
    assert [weight for *_, weight in found] == [1, 1]
    assert not any(one_sided for _, one_sided, _, _ in found)
