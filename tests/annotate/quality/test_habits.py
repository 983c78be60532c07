"""Copies of sheets and careless raters: who is named and who is not."""

from itertools import combinations

import pytest

from annotate.quality.habits import Counts, SameSheets, careless, copied, copiers
from schemas.quality import Figure

NOTHING = Figure(value=None)
OTHERS = ((1, 3), (1, 4), (2, 3), (2, 4), (3, 4))


def sheets(one: int, other: int, identical: int, common: int = 60) -> SameSheets:
    return SameSheets(one, other, common, identical, one_later=0, other_later=identical)


def habits(
    skill: float | None = 0.6,
    agreement: Figure = NOTHING,
    straight: Figure = NOTHING,
    usual: float = 0.0,
    *,
    copies: bool = False,
) -> tuple[str, ...]:
    return careless(
        skill=skill, agreement=agreement, straight=straight, usual_straight=usual, copies=copies
    )


def test_two_raters_with_the_same_sheets_are_named_with_the_later_one() -> None:
    found = copied([sheets(1, 2, 50), *(sheets(*pair, 3) for pair in OTHERS)])
    assert [(it.sheets.one, it.sheets.other, it.sheets.later) for it in found] == [(1, 2, 2)]


def test_two_careful_raters_are_not_taken_for_copies() -> None:
    """Each has the same sheet as another with the product of both their care: 0.9 and 0.4."""
    found = [sheets(1, 2, 49), *(sheets(*pair, 22) for pair in OTHERS[:4]), sheets(3, 4, 10)]
    assert copied(found) == []


def test_where_everybody_gives_the_same_sheets_nobody_copies() -> None:
    assert copied([sheets(*pair, 55) for pair in combinations(range(4), 2)]) == []


@pytest.mark.parametrize(
    "found",
    [
        [sheets(1, 2, 60)],
        [sheets(1, 2, 50), sheets(1, 3, 3), sheets(2, 3, 3)],
        [sheets(1, 2, 19, 19), *(sheets(*pair, 0) for pair in OTHERS)],
        [sheets(1, 2, 8), *(sheets(*pair, 3) for pair in OTHERS)],
    ],
    ids=["nobody else", "one more rater", "too few prompts", "too little more"],
)
def test_copies_are_not_alleged_on_little_evidence(found: list[SameSheets]) -> None:
    assert copied(found) == []


def test_nobody_is_later_where_times_do_not_tell() -> None:
    assert SameSheets(1, 2, 60, 50, one_later=25, other_later=25).later is None
    assert SameSheets(1, 2, 60, 50, one_later=50, other_later=0).later == 1


def test_a_rater_who_repeats_many_others_is_named_where_no_two_share_much() -> None:
    thief = 9
    met = [SameSheets(it, thief, 8, 6, one_later=0, other_later=6) for it in range(1, 9)]
    rest = [sheets(*pair, 0, 8) for pair in combinations(range(1, 9), 2)]
    assert copiers([*met, *rest]) == {thief: Counts(64, 48)}
    assert copied([*met, *rest]) == []


def test_whoever_is_copied_is_not_named() -> None:
    met = [SameSheets(it, 9, 8, 6, one_later=6, other_later=0) for it in range(1, 9)]
    rest = [sheets(*pair, 0, 8) for pair in combinations(range(1, 9), 2)]
    assert 9 not in copiers([*met, *rest])


def test_a_rater_without_mistakes_among_others_who_make_some_copies_nobody() -> None:
    """Others are right on 0.7 of the prompts, so on half alike and on 0.7 like this one."""
    met = [SameSheets(it, 9, 60, 42, one_later=0, other_later=42) for it in range(1, 9)]
    rest = [sheets(*pair, 29) for pair in combinations(range(1, 9), 2)]
    assert copiers([*met, *rest]) == {}


def test_careless_raters_are_named_by_their_habits() -> None:
    assert habits() == ()
    assert habits(skill=0.05) == ("votes at chance",)
    assert habits(straight=Figure(value=0.7, n=40)) == ("straight lines",)
    assert habits(copies=True) == ("copies another",)


def test_straight_lines_are_no_habit_where_answers_are_alike() -> None:
    assert habits(straight=Figure(value=0.7, n=40), usual=0.6) == ()
    assert habits(straight=Figure(value=1.0, n=10)) == ()


def test_agreement_speaks_where_reliability_is_refused() -> None:
    low = Figure(value=0.5, low=0.46, high=0.54, n=300)
    assert habits(None, low) == ("votes at chance",)
    assert habits(0.6, low) == ()
    assert habits(None, Figure(value=0.5, low=0.2, high=0.8, n=30)) == ()
