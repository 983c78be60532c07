"""The build against a brute-force reading of DESIGN 5.1 to 5.4 on random workspaces."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from curate.build import BuildReport
from tests.support.oracle import Result, adjacent, best, outcomes
from tests.support.oracle_votes import Rules, live
from tests.support.random_votes import fill, settings_of
from tests.support.workspaces import Bench, rows

POLICIES = ("mllm-dpo", "best-vs-worst", "best-vs-rest", "adjacent")
NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
NUMBERS = ("margin_raw", "margin", "tier_gap", "agreement")
Row = tuple[Any, ...]


def expected(bench: Bench, rules: Rules) -> dict[str, list[Result]]:
    """Results of every prompt by its id."""
    events = live(bench.events)
    return {
        prompt.prompt_id: outcomes(
            [event for event in events if event.prompt_id == prompt.prompt_id],
            [it.candidate_id for (text, _), it in bench.candidates.items() if text == handle],
            rules,
        )
        for handle, prompt in bench.prompts.items()
    }


def said(result: Result) -> Row:
    """What the tables say of a pair or tie, numbers as fractions."""
    numbers = (result.raw, result.share, result.gap, result.agreement)
    return (result.chosen, result.rejected, result.level, result.n_raters, numbers)


def told(row: Mapping[str, Any]) -> Row:
    """The same of a row."""
    numbers = tuple(None if row[name] is None else Fraction(row[name]) for name in NUMBERS)
    return (row["chosen_id"], row["rejected_id"], row["level"], row["n_raters"], numbers)


def assert_same(found: list[Row], wanted: list[Row]) -> None:
    """Equal but for the rounding to six decimals."""
    assert sorted(row[:4] for row in found) == sorted(row[:4] for row in wanted)
    for one, other in zip(sorted(found, key=_ids), sorted(wanted, key=_ids), strict=True):
        for ours, theirs in zip(one[4], other[4], strict=True):
            assert (ours is None) == (theirs is None), (one, other)
            assert ours is None or abs(ours - theirs) < Fraction(3, 1_000_000), (one, other)


def _ids(row: Row) -> tuple[str, str]:
    return row[0], row[1]


def dropped(report: BuildReport) -> set[tuple[str, frozenset[str]]]:
    """(reason, its two answers) of every pair that left."""
    found = set()
    for row in rows(report, "dropped"):
        if row["level"] == "pair":
            one, _, other = row["detail"].partition(":")[0].split(" ")
            found.add((row["reason"], frozenset({one, other})))
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("oracle")


@settings(max_examples=12, phases=NO_SHRINKING)
@given(seed=st.integers(0, 2**32))
def test_pairs_ties_and_reasons_are_those_of_the_oracle(folder: Path, seed: int) -> None:
    with TemporaryDirectory(dir=folder) as root:
        bench, random = Bench(Path(root)), Random(seed)
        fill(bench, random, prompts=30)
        overrides, rules = settings_of(random)
        report = bench.build(*overrides, "pairs.policy=all-ranked")
        results = [result for found in expected(bench, rules).values() for result in found]
        assert_same(
            [told(row) for row in rows(report, "pairs")],
            [said(result) for result in results if result.reason is None],
        )
        assert_same(
            [told(row) for row in rows(report, "ties")],
            [said(result) for result in results if result.reason == "tie"],
        )
        assert dropped(report) == {
            (result.reason, frozenset({result.chosen, result.rejected}))
            for result in results
            if result.reason not in (None, "tie")
        }


@settings(max_examples=10, phases=NO_SHRINKING)
@given(seed=st.integers(0, 2**32), policy=st.sampled_from(POLICIES))
def test_every_policy_takes_what_the_oracle_takes(folder: Path, seed: int, policy: str) -> None:
    with TemporaryDirectory(dir=folder) as root:
        bench, random = Bench(Path(root)), Random(seed)
        fill(bench, random, prompts=24)
        overrides, rules = settings_of(random)
        report = bench.build(*overrides, f"pairs.policy={policy}")
        taken: dict[str, set[tuple[str, str]]] = {}
        for row in rows(report, "pairs"):
            pair = (row["chosen_id"], row["rejected_id"])
            taken.setdefault(row["prompt_id"], set()).add(pair)
        for prompt_id, results in expected(bench, rules).items():
            left = [result for result in results if result.reason is None]
            assert_policy(policy, taken.get(prompt_id, set()), left)


def assert_policy(policy: str, taken: set[tuple[str, str]], left: list[Result]) -> None:
    """What one policy takes of the preferences left."""
    first = best(left)
    of_best = {(it.chosen, it.rejected) for it in left if it.chosen == first}
    if policy == "best-vs-rest":
        assert taken == of_best
    elif policy == "adjacent":
        assert taken == adjacent(left)
    elif policy == "mllm-dpo":
        assert taken <= of_best
        assert len(taken) == bool(of_best)
    else:
        widest = max((_width(it) for it in left), default=None)
        assert len(taken) == bool(left)
        assert taken <= {(it.chosen, it.rejected) for it in left if _width(it) == widest}


def _width(result: Result) -> tuple[Decimal, Decimal]:
    """Margin, nulls last, then tier gap, in the digits the tables have."""
    share = Decimal(-1) if result.share is None else six(result.share)
    return share, Decimal(-99) if result.gap is None else six(result.gap)


def six(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.000001"))
