"""The longer answer, the first one, and a coin."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.quality.accuracy import RIGHT, TIE, WRONG
from curate.benching.baselines import expected_of_coin, outcomes_of
from curate.benching.benchmark import Benchmark, BenchPair
from schemas.errors import UsageError
from tests.support.benches import benchmark, pair, ranked

TEXTS = st.sampled_from(["", "a", "bb", "cc", "ddd"])


def of(*rows: tuple[int, str, str]) -> Benchmark:
    """Pairs of (prompt, chosen, rejected)."""
    pairs = [
        BenchPair(n, None, prompt, str(prompt), None, None, chosen, rejected, None, "")
        for n, (prompt, chosen, rejected) in enumerate(rows)
    ]
    return Benchmark("test", pairs, [f"key {n}" for n in range(9)], ids_name_rows=False)


ROWS = st.lists(st.tuples(st.integers(0, 3), TEXTS, TEXTS), min_size=1, max_size=20)
Rows = list[tuple[int, str, str]]


def test_more_characters_win_and_equally_many_tie() -> None:
    read = of((0, "longer", "short"), (0, "no", "yes"), (0, "één", "two"))
    assert outcomes_of("longer", read, 0) == [RIGHT, WRONG, TIE]


def test_the_first_answer_is_known_where_answers_have_an_order(tmp_path: Path) -> None:
    read = benchmark(tmp_path, ranked("A", "B", [0, 1]), ranked("A", "B", [1, 0], "two"))
    assert outcomes_of("first", read, 0) == [RIGHT, WRONG]


def test_the_first_answer_of_chosen_and_rejected_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not say in which order"):
        outcomes_of("first", benchmark(tmp_path, pair("a", "b")), 0)


@given(ROWS)
def test_a_coin_falls_for_two_answers_alike_wherever_they_stand(rows: Rows) -> None:
    swapped = [(prompt, rejected, chosen) for prompt, chosen, rejected in rows]
    tossed = outcomes_of("coin", of(*rows), 0)
    assert outcomes_of("coin", of(*swapped), 0) == [-outcome for outcome in tossed]
    assert outcomes_of("coin", of(*reversed(rows)), 0) == tossed[::-1]


@given(ROWS)
def test_swapping_labels_turns_the_longer_rule_round(rows: Rows) -> None:
    swapped = [(prompt, rejected, chosen) for prompt, chosen, rejected in rows]
    found = outcomes_of("longer", of(*rows), 0)
    assert outcomes_of("longer", of(*swapped), 0) == [-outcome for outcome in found]


def test_a_coin_wins_a_prompt_of_three_pairs_once_in_eight() -> None:
    rows = [(0, "a", "b"), (0, "b", "c"), (0, "a", "c"), (1, "a", "b")]
    expected = expected_of_coin(of(*rows).pairs)
    assert (expected.acc, expected.acc_plus) == (0.5, (1 / 8 + 1 / 2) / 2)


def test_a_coin_never_wins_a_contradiction_and_wins_a_repeated_pair_at_once() -> None:
    expected = expected_of_coin(
        of((0, "a", "b"), (0, "b", "a"), (1, "a", "b"), (1, "a", "b")).pairs
    )
    assert (expected.acc, expected.acc_plus) == (0.5, 0.25)


def test_what_a_coin_is_expected_to_reach_is_what_many_coins_reach() -> None:
    rows = [
        (0, "a", "b"),
        (0, "b", "c"),
        (1, "a", "a"),
        (2, "a", "b"),
        (2, "b", "a"),
        (3, "d", "e"),
    ]
    read = of(*rows)
    right = whole = 0
    for seed in range(2000):
        outcomes = outcomes_of("coin", read, seed)
        right += outcomes.count(RIGHT)
        for prompt in range(4):
            won = [o == RIGHT for o, row in zip(outcomes, rows, strict=True) if row[0] == prompt]
            whole += all(won)
    expected = expected_of_coin(read.pairs)
    assert right / 2000 / len(rows) == pytest.approx(expected.acc, abs=0.02)
    assert whole / 2000 / 4 == pytest.approx(expected.acc_plus, abs=0.02)
