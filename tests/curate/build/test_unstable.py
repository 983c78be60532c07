"""DESIGN 5.2: a judge whose answer hangs on the order it was shown gives no vote on that pair."""

import pytest

from tests.support.workspaces import Bench, five, outcome, reasons, rows


def _twice(
    bench: Bench, prompt: str, first: dict[str, int], second: dict[str, int], rater: str
) -> None:
    bench.prompt(prompt, *first)
    for order_no, sums in enumerate((first, second)):
        scores = {answer: five(total) for answer, total in sums.items()}
        bench.vote(prompt, rater, scores, order_no=order_no)


def test_a_judge_whose_orders_disagree_in_sign_abstains_on_that_pair_only(bench: Bench) -> None:
    """a - b is 2 in one order and -2 in the other; both orders have c below by 5 and more."""
    first = {"a": 10, "b": 8, "c": 3}
    second = {"a": 8, "b": 10, "c": 3}
    _twice(bench, "q", first, second, "judge:gemini")
    report = bench.build("pairs.policy=all-ranked")
    assert outcome(report) == {("a", "c"), ("b", "c")}
    (reason, pair), *more = bench.dropped(report)
    assert (reason, set(pair.split(" ~ ")), more) == ("unstable", {"a", "b"}, [])


@pytest.mark.parametrize(("second", "left"), [(7, ["unstable"]), (8, [])])
def test_orders_may_differ_by_a_quarter_of_the_widest_difference(
    bench: Bench, second: int, left: list[str]
) -> None:
    """The widest difference is 12 points: 11 against 8 differ by 3, 11 against 7 by 4."""
    _twice(bench, "q", {"a": 11, "b": 0}, {"a": second, "b": 0}, "judge:gemini")
    report = bench.build()
    assert reasons(report) == left


def test_the_share_that_orders_may_differ_by_is_a_setting(bench: Bench) -> None:
    _twice(bench, "q", {"a": 12, "b": 0}, {"a": 2, "b": 0}, "judge:gemini")
    assert reasons(bench.build("pairs.unstable_above=0.9")) == []


def test_samples_of_one_order_are_averaged_before_orders_are_compared(bench: Bench) -> None:
    """Order 0 says 4 and -2, on average 1; order 1 says 3: no two orders disagree."""
    bench.prompt("q", "a", "b")
    for order_no, sample, a, b in ((0, 0, 8, 4), (0, 1, 4, 6), (1, 0, 7, 4), (1, 1, 7, 4)):
        scores = {"a": five(a), "b": five(b)}
        bench.vote("q", "judge:gemini", scores, order_no=order_no, sample=sample)
    report = bench.build()
    assert [float(row["margin_raw"]) for row in rows(report, "pairs")] == [2.0]


def test_a_person_who_changes_sides_is_a_tie_and_no_unstable_judge(bench: Bench) -> None:
    _twice(bench, "q", {"a": 8, "b": 6}, {"a": 6, "b": 8}, "human:anna")
    report = bench.build()
    assert [set(tie) for tie in outcome(report, "ties")] == [{"a", "b"}]
    assert reasons(report) == []


def test_another_judge_still_decides_the_pair(bench: Bench) -> None:
    _twice(bench, "q", {"a": 8, "b": 6}, {"a": 6, "b": 8}, "judge:one")
    bench.vote("q", "judge:two", {"a": five(9), "b": five(3)})
    report = bench.build()
    assert [(row["chosen"], row["n_raters"]) for row in rows(report, "pairs")] == [("a", 1)]
