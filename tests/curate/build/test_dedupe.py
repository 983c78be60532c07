"""DESIGN 5.7: exact copies within a prompt, NFC, outer space stripped, case kept."""

import pytest

from tests.support.workspaces import Bench, five, only, outcome, reasons, rows

ALL = ("pairs.policy=all-ranked", "pairs.min_margin=0")
COMPOSED, DECOMPOSED = "caf\u00e9", "cafe\u0301"


def copies(bench: Bench) -> list[str]:
    """The texts of answers that left as copies."""
    texts = {found.candidate_id: text for (_, text), found in bench.candidates.items()}
    return [texts[row["id"]] for row in rows(bench.build(*ALL), "dropped")
            if row["reason"] == "duplicate"]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Three cups.", "Three cups. "),
        ("Three cups.", "\n\tThree cups."),
        ("Three cups.", "\u3000Three cups.\u00a0"),
        (COMPOSED, DECOMPOSED),
        (" x", "x "),
    ],
)
def test_equal_but_for_form_and_outer_space_is_one_answer(
    bench: Bench, one: str, other: str
) -> None:
    bench.prompt("q", one, other, "another")
    assert len(copies(bench)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Aim", "aim"), ("Three cups.", "Two cups."), ("a b", "a  b"), ("\ufb01n", "fin")],
)
def test_case_words_inner_space_and_ligatures_tell_answers_apart(
    bench: Bench, one: str, other: str
) -> None:
    bench.prompt("q", one, other)
    bench.vote("q", scores={one: five(9), other: five(6)})
    report = bench.build()
    assert outcome(report) == {(one, other)}
    assert reasons(report, "candidate") == []


def test_the_same_answer_to_four_prompts_stays_four(bench: Bench) -> None:
    for number in range(4):
        bench.prompt(f"q{number}", "A", "B")
        bench.vote(f"q{number}", scores={"A": five(9), "B": five(6)})
    report = bench.build()
    assert len(rows(report, "pairs")) == 4
    assert reasons(report, "candidate") == []


def test_votes_on_a_copy_count_for_the_survivor(bench: Bench) -> None:
    """Anna rated the answer, ben its copy: two raters, D = (3 + 6) / 2."""
    bench.prompt("q", "good", "good ", "bad")
    bench.vote("q", "human:anna", {"good": five(9), "bad": five(6)})
    bench.vote("q", "human:ben", {"good ": five(12), "bad": five(6)})
    report = bench.build()
    row = only(report)
    assert (row["chosen"].strip(), row["margin_raw"], row["n_raters"]) == ("good", 4.5, 2)
    (lost,) = (row for row in rows(report, "dropped") if row["reason"] == "duplicate")
    assert {lost["id"], lost["other_id"]} == {
        bench.candidates["q", text].candidate_id for text in ("good", "good ")
    }
    assert row["chosen_id"] == lost["other_id"]


def test_rankings_of_a_copy_count_for_the_survivor(bench: Bench) -> None:
    bench.prompt("q", "good", "good ", "bad")
    bench.vote("q", "human:anna", tiers=[["good"], ["bad"]])
    bench.vote("q", "human:ben", tiers=[["good ", "good"], ["bad"]])
    row = only(bench.build())
    assert (row["n_raters"], row["tier_gap"]) == (2, 1.0)


def test_the_most_voted_copy_survives(bench: Bench) -> None:
    bench.prompt("q", "x", "x ", " x", "y")
    for rater in ("anna", "ben"):
        bench.vote("q", f"human:{rater}", {"x ": five(9), "y": five(6)})
    bench.vote("q", "human:cleo", {" x": five(9), "y": five(6)})
    assert only(bench.build())["chosen"] == "x "


def test_copies_that_a_rater_scores_apart_both_stay(bench: Bench) -> None:
    bench.prompt("q", "x", "x ", "y")
    bench.vote("q", scores={"x": five(9), "x ": five(6), "y": five(0)})
    report = bench.build(*ALL)
    assert outcome(report) == {("x", "x "), ("x", "y"), ("x ", "y")}
    assert reasons(report, "candidate") == []


def test_copies_that_a_rater_ranks_apart_both_stay(bench: Bench) -> None:
    bench.prompt("q", "x", "x ")
    bench.vote("q", tiers=[["x "], ["x"]])
    assert outcome(bench.build()) == {("x ", "x")}


def test_an_unconfirmed_order_tells_no_copies_apart(bench: Bench) -> None:
    bench.prompt("q", "x", "x ", "y")
    bench.vote("q", tiers=[["x "], ["x"]], confirmed=False)
    assert len(copies(bench)) == 1


def test_two_raters_who_score_one_copy_each_tell_nothing_apart(bench: Bench) -> None:
    """A strict one gave x 3 points, a lenient one its copy 12: never subtracted."""
    bench.prompt("q", "x", "x ", "y")
    bench.vote("q", "human:strict", {"x": five(3), "y": five(0)})
    bench.vote("q", "human:lenient", {"x ": five(12), "y": five(9)})
    row = only(bench.build())
    assert (row["margin_raw"], row["n_raters"]) == (3.0, 2)


def test_a_copy_that_one_rater_tells_from_the_survivor_stays_beside_it(bench: Bench) -> None:
    """Of x, `x ` and ` x` the last is told apart from x: `x ` alone is dropped onto x."""
    bench.prompt("q", "x", "x ", " x", "y")
    for rater in ("anna", "ben"):
        bench.vote("q", f"human:{rater}", {"x": five(9), "y": five(6)})
    bench.vote("q", "human:cleo", {"x": five(9), " x": five(3)})
    assert copies(bench) == ["x "]


def test_near_copies_stay_within_a_prompt(bench: Bench) -> None:
    """One wrong fact makes a hard negative."""
    bench.prompt("q", "There are three red cups.", "There are four red cups.")
    assert copies(bench) == []
