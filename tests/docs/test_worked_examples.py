"""The examples of docs/methods.md are what the build does."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.workspaces import MM_RLHF, Bench, five, outcome, rows

EVEN = "pairs.min_margin=0"


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def _scores(*values: float) -> dict[str, float]:
    metrics = ("helpfulness", "correctness", "coherence")
    return {**dict(zip(metrics, values, strict=True)), "complexity": 0, "verbosity": 0}


def test_a_strict_and_a_lenient_person_say_the_same(bench: Bench) -> None:
    bench.prompt("q", "A", "B")
    bench.vote("q", "human:strict", {"A": _scores(3, 3, 3), "B": _scores(2, 2, 3)})
    bench.vote("q", "human:lenient", {"A": _scores(4, 4, 4), "B": _scores(4, 3, 3)})
    (pair,) = rows(bench.build(), "pairs")
    assert (pair["chosen"], pair["margin_raw"]) == ("A", 2)
    assert pair["margin"] == Decimal("0.166667")


def test_a_judge_of_two_calls_says_their_mean(bench: Bench) -> None:
    bench.prompt("q", "A", "B")
    bench.vote("q", "judge:j", {"A": five(6), "B": five(3)})
    bench.vote("q", "judge:j", {"A": five(6), "B": five(5)})
    bench.vote("q", "judge:j", {"A": five(12)})
    (pair,) = rows(bench.build(), "pairs")
    assert pair["margin_raw"] == 2


@pytest.mark.parametrize(
    ("differences", "lenient", "strict", "agreement"),
    [
        ((1, 1, -1), "A", "no_consensus", "0.666667"),
        ((1, 0), "A", "A", "0.75"),
        ((1, -1), "no_consensus", "no_consensus", None),
        ((0, 0), "tie", "tie", "0.5"),
    ],
)
def test_the_table_of_consensus(
    bench: Bench, differences: tuple[int, ...], lenient: str, strict: str, agreement: str | None
) -> None:
    bench.prompt("q", "A", "B")
    for number, difference in enumerate(differences):
        bench.vote("q", f"human:{number}", {"A": five(6 + difference), "B": five(6)})
    loose = bench.build(EVEN)
    found = [*rows(loose, "pairs"), *rows(loose, "ties")]
    assert _verdict(bench, EVEN) == lenient
    assert _verdict(bench, EVEN, "pairs.min_consensus=0.5") == strict
    expected = [] if agreement is None else [Decimal(agreement)]
    assert [row["agreement"] for row in found] == expected


def _verdict(bench: Bench, *settings: str) -> str:
    report = bench.build(*settings)
    if rows(report, "ties"):
        return "tie"
    chosen: list[str] = [row["chosen"] for row in rows(report, "pairs")]
    return (chosen or [reason for reason, _ in bench.dropped(report)])[0]


def test_three_differences_are_averaged(bench: Bench) -> None:
    bench.prompt("q", "A", "B")
    for number, difference in enumerate((2, 3, -1)):
        bench.vote("q", f"human:{number}", {"A": five(6 + difference), "B": five(6)})
    (pair,) = rows(bench.build(EVEN), "pairs")
    assert pair["margin_raw"] == Decimal("1.333333")
    assert pair["margin"] == Decimal("0.111111")
    assert bench.dropped(bench.build()) == {("below_margin", "A > B")}


POLICIES = {
    "all-ranked": ({("A", "C"), ("A", "D"), ("B", "C"), ("B", "D"), ("C", "D")}, "0.2"),
    "adjacent": ({("A", "C"), ("B", "C"), ("C", "D")}, "0.333333"),
}


@pytest.mark.parametrize("policy", POLICIES)
def test_the_policies_that_take_several_pairs(bench: Bench, policy: str) -> None:
    bench.sums("q", {"A": 9, "B": 9, "C": 7, "D": 3})
    report = bench.build(f"pairs.policy={policy}")
    pairs, weight = POLICIES[policy]
    assert outcome(report) == pairs
    assert outcome(report, "ties") in ({("A", "B")}, {("B", "A")})
    assert {row["prompt_weight"] for row in rows(report, "pairs")} == {Decimal(weight)}


def test_the_policies_that_start_from_the_best(bench: Bench) -> None:
    bench.sums("q", {"A": 9, "B": 9, "C": 7, "D": 3})
    best = min("AB", key=lambda text: bench.candidates["q", text].candidate_id)
    ((chosen, rejected),) = outcome(bench.build("pairs.policy=mllm-dpo"))
    assert chosen == best
    assert rejected in {"C", "D"}
    assert outcome(bench.build("pairs.policy=best-vs-rest")) == {(best, "C"), (best, "D")}
    assert outcome(bench.build("pairs.policy=best-vs-worst")) <= {("A", "D"), ("B", "D")}


@pytest.mark.parametrize(
    ("sums", "count"),
    [((8, 7, 7, 8), 0), ((6, 4), 1), ((12, 11, 11), 0), ((5,), 0)],
)
def test_how_many_pairs_the_mllm_dpo_rule_gives(
    bench: Bench, sums: tuple[int, ...], count: int
) -> None:
    bench.sums("q", {f"answer {place}": total for place, total in enumerate(sums)})
    assert len(rows(bench.build(), "pairs")) == count


@pytest.mark.parametrize(
    ("tiers", "count", "ties"),
    [
        (["A", "B", "C", "D"], 6, 0),
        (["A", "BC", "D"], 5, 1),
        (["AB", "CD"], 4, 2),
        (["ABCD"], 0, 6),
    ],
)
def test_how_many_pairs_an_order_gives(
    tmp_path: Path, tiers: list[str], count: int, ties: int
) -> None:
    bench = Bench(tmp_path, MM_RLHF)
    bench.prompt("q", "A", "B", "C", "D")
    bench.vote("q", tiers=tiers)
    report = bench.build()
    assert (len(rows(report, "pairs")), len(rows(report, "ties"))) == (count, ties)
