"""DESIGN 5.3: cycles leave first, then narrow margins, then vetoed pairs."""

from itertools import pairwise

import pytest

from tests.support.workspaces import MM_RLHF, Bench, five, outcome, reasons

ALL = ("pairs.policy=all-ranked", "pairs.min_margin=0")
SCORES = {"helpfulness": 3.0, "faithfulness": 3.0}


def _ring(bench: Bench, prompt: str, answers: str) -> None:
    """Each answer beats the next and the last beats the first, one person a comparison."""
    for number, (one, other) in enumerate(pairwise(answers + answers[0])):
        bench.vote(prompt, f"human:{number}", tiers=[[one], [other]])


@pytest.mark.parametrize("answers", ["abc", "abcd", "abcdefg"])
def test_a_cycle_of_any_length_leaves_whole(bench: Bench, answers: str) -> None:
    """Only neighbours were compared, so the graph is incomplete from four answers on."""
    bench.prompt("q", *answers)
    _ring(bench, "q", answers)
    report = bench.build(*ALL)
    assert outcome(report) == set()
    assert reasons(report) == ["cycle"] * len(answers)


def test_what_leads_into_or_out_of_a_cycle_stays(bench: Bench) -> None:
    """x beats the ring a > b > c > a, which beats y; y beats z."""
    bench.prompt("q", *"abcxyz")
    _ring(bench, "q", "abc")
    bench.vote("q", "human:x", tiers=[["x"], ["a"]])
    bench.vote("q", "human:y", tiers=[["b"], ["y"]])
    bench.vote("q", "human:z", tiers=[["y"], ["z"]])
    report = bench.build(*ALL)
    assert outcome(report) == {("x", "a"), ("b", "y"), ("y", "z")}
    assert reasons(report) == ["cycle"] * 3


def test_a_chord_inside_a_cycle_leaves_with_it(bench: Bench) -> None:
    """a > b > c > d > a with a > c: the component is strongly connected, so a > c goes too."""
    bench.prompt("q", *"abcd")
    _ring(bench, "q", "abcd")
    bench.vote("q", "human:chord", tiers=[["a"], ["c"]])
    report = bench.build(*ALL)
    assert bench.dropped(report) == {
        ("cycle", "a > b"), ("cycle", "b > c"), ("cycle", "c > d"),
        ("cycle", "d > a"), ("cycle", "a > c"),
    }  # fmt: skip


def test_two_cycles_joined_by_one_pair_leave_that_pair(bench: Bench) -> None:
    bench.prompt("q", *"abcxyz")
    _ring(bench, "q", "abc")
    _ring(bench, "q", "xyz")
    bench.vote("q", "human:bridge", tiers=[["a"], ["x"]])
    report = bench.build(*ALL)
    assert outcome(report) == {("a", "x")}
    assert reasons(report) == ["cycle"] * 6


def test_a_cycle_of_one_prompt_leaves_the_other_prompts(bench: Bench) -> None:
    bench.prompt("ring", *"abc")
    _ring(bench, "ring", "abc")
    bench.prompt("line", *"abc")
    bench.vote("line", tiers=[["a"], ["b"], ["c"]])
    assert outcome(bench.build(*ALL)) == {("a", "b"), ("a", "c"), ("b", "c")}


def test_cycles_are_found_before_narrow_margins_leave(bench: Bench) -> None:
    """a > b by 1, b > c by 3, c > a by 3: with min_margin 2 dropping a > b first would save two."""
    bench.prompt("q", *"abc")
    bench.vote("q", "human:1", {"a": five(7), "b": five(6)})
    bench.vote("q", "human:2", {"b": five(9), "c": five(6)})
    bench.vote("q", "human:3", {"c": five(9), "a": five(6)})
    report = bench.build("pairs.policy=all-ranked", "pairs.min_margin=2")
    assert outcome(report) == set()
    assert reasons(report) == ["cycle"] * 3


def test_a_tie_joins_no_cycle(bench: Bench) -> None:
    """a > b > c and a = c."""
    bench.prompt("q", *"abc")
    bench.vote("q", "human:1", tiers=[["a"], ["b"]])
    bench.vote("q", "human:2", tiers=[["b"], ["c"]])
    bench.vote("q", "human:3", tiers=[["a", "c"]])
    assert outcome(bench.build(*ALL)) == {("a", "b"), ("b", "c")}


def test_a_narrow_margin_is_named_before_the_veto(bench: Bench) -> None:
    """The winner is ahead by 1 point and unsafe; min_margin 2 comes first."""
    bench.config = MM_RLHF
    bench.prompt("q", "a", "b")
    narrow = {"a": {**SCORES, "ethics": 2.0}, "b": {**SCORES, "ethics": 1.0}}
    bench.vote("q", scores=narrow)
    assert reasons(bench.build("pairs.min_margin=2")) == ["below_margin"]
    assert reasons(bench.build("pairs.min_margin=1")) == ["veto"]


def test_a_cycle_is_named_before_the_veto(bench: Bench) -> None:
    bench.config = MM_RLHF
    bench.prompt("q", *"abc")
    for one, other in ("ab", "bc", "ca"):
        unsafe = {one: {**SCORES, "ethics": 2.0}, other: {**SCORES, "ethics": 1.0}}
        bench.vote("q", f"human:{one}", unsafe)
    assert reasons(bench.build()) == ["cycle"] * 3
