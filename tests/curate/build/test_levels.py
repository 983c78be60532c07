"""DESIGN 5.3: whose votes count: a final event, then people, then judges, then sources."""

import pytest

from tests.support.workspaces import Bench, five, only, outcome, reasons, rows

ALL = ("pairs.policy=all-ranked", "pairs.min_margin=0")


def test_where_a_person_compared_judges_do_not_count(bench: Bench) -> None:
    """One person prefers a, five judges prefer b: a; on (a, c) only the judges spoke: c."""
    bench.prompt("q", "a", "b", "c")
    bench.vote("q", "human:anna", {"a": five(9), "b": five(6)})
    for number in range(5):
        bench.vote("q", f"judge:{number}", {"a": five(0), "b": five(12), "c": five(12)})
    found = {(row["chosen"], row["rejected"]): row for row in rows(bench.build(*ALL), "pairs")}
    assert set(found) == {("a", "b"), ("c", "a")}
    assert (found["a", "b"]["level"], found["a", "b"]["n_raters"]) == ("human", 1)
    assert (found["c", "a"]["level"], found["c", "a"]["n_raters"]) == ("judge", 5)


def test_where_a_judge_compared_sources_do_not_count(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", "judge:gemini", {"a": five(9), "b": five(6)})
    bench.vote("q", "source:one", {"a": five(0), "b": five(12)})
    bench.vote("q", "source:two", tiers=[["b"], ["a"]])
    row = only(bench.build())
    assert (row["chosen"], row["level"], row["n_raters"]) == ("a", "judge", 1)


def test_sources_are_joined_among_themselves(bench: Bench) -> None:
    """Two of three sources prefer b: W 2, L 1, margin (3 + 3 - 3) / 3 = 1."""
    bench.prompt("q", "a", "b")
    for name, (a, b) in {"one": (6, 9), "two": (6, 9), "three": (9, 6)}.items():
        bench.vote("q", f"source:{name}", {"a": five(a), "b": five(b)})
    row = only(bench.build(*ALL))
    assert (row["chosen"], row["margin_raw"], row["level"]) == ("b", 1.0, "source")
    assert row["agreement"] == pytest.approx(2 / 3, abs=1e-6)


def test_a_persons_tie_stands_against_the_judges(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", "human:anna", tiers=[["a", "b"]])
    bench.vote("q", "judge:gemini", {"a": five(9), "b": five(6)})
    report = bench.build()
    assert outcome(report) == set()
    assert only(report, "ties")["level"] == "human"


def test_a_persons_conflict_does_not_let_the_judges_in(bench: Bench) -> None:
    """Anna compared a and b, so judges do not count; her vote is out, so none is left."""
    bench.prompt("q", "a", "b")
    bench.vote("q", "human:anna", {"a": five(9), "b": five(6)}, tiers=[["b"], ["a"]])
    bench.vote("q", "judge:gemini", {"a": five(9), "b": five(6)})
    assert reasons(bench.build()) == ["conflict"]


def test_an_unconfirmed_order_lets_the_judges_in(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", "human:anna", tiers=[["b"], ["a"]], confirmed=False)
    bench.vote("q", "judge:gemini", {"a": five(9), "b": five(6)})
    assert only(bench.build())["level"] == "judge"


def test_a_final_event_alone_decides_the_pairs_it_compares(bench: Bench) -> None:
    """Three people say a > b > c; the final event says b > a and is silent on c."""
    bench.prompt("q", "a", "b", "c")
    for name in ("anna", "ben", "cleo"):
        bench.vote("q", f"human:{name}", {"a": five(12), "b": five(9), "c": five(0)})
    bench.vote("q", "human:dora", {"a": five(6), "b": five(8)}, final=True)
    found = {(row["chosen"], row["rejected"]): row for row in rows(bench.build(*ALL), "pairs")}
    assert set(found) == {("b", "a"), ("a", "c"), ("b", "c")}
    assert (found["b", "a"]["n_raters"], float(found["b", "a"]["margin_raw"])) == (1, 2.0)
    assert found["a", "c"]["n_raters"] == 3


def test_a_final_tie_is_a_tie(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", "human:anna", {"a": five(9), "b": five(6)})
    bench.vote("q", "human:dora", tiers=[["a", "b"]], final=True)
    report = bench.build()
    assert (len(outcome(report)), len(outcome(report, "ties"))) == (0, 1)


def test_a_final_event_decides_over_the_same_persons_earlier_vote(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", "human:anna", {"a": five(9), "b": five(6)})
    bench.vote("q", "human:anna", {"a": five(6), "b": five(8)}, final=True)
    row = only(bench.build())
    assert (row["chosen"], row["n_raters"], row["margin_raw"]) == ("b", 1, 2.0)


@pytest.mark.parametrize("final", [False, True])
def test_a_reward_model_never_votes(bench: Bench, *, final: bool) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", "reward_model:rm", {"a": five(12), "b": five(0)}, final=final)
    bench.vote("q", "reward_model:rm", tiers=[["a"], ["b"]], final=final)
    report = bench.build()
    assert outcome(report) == outcome(report, "ties") == set()
    assert reasons(report, "prompt") == ["unrated"]
    assert rows(report, "scores") == []


def test_a_reward_model_does_not_move_a_judges_margin(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    bench.vote("q", "judge:gemini", {"a": five(9), "b": five(6)})
    bench.vote("q", "reward_model:rm", {"a": five(0), "b": five(12)})
    row = only(bench.build())
    assert (row["chosen"], row["margin_raw"], row["n_raters"]) == ("a", 3.0, 1)
    assert len(row["provenance"]) == 1
