from typing import Any

from curate.report.rating import MOST_RATERS, rating
from schemas.quality import (
    Copies,
    Figure,
    GroupAgreement,
    Quality,
    RaterPairAgreement,
    RaterQuality,
)

NONE = Figure(value=None)


def agreed(value: float, n: int = 10) -> Figure:
    return Figure(value=value, low=value - 0.1, high=value + 0.1, n=n)


def rater(name: str, votes: int = 10, **more: Any) -> RaterQuality:
    none = dict.fromkeys(("reliability", "leniency", "spread", "straight", "first_shown"), NONE)
    about: dict[str, Any] = {
        "rater": name,
        "kind": "human",
        "votes": votes,
        "agreement": agreed(0.8),
        "ability": None,
        "fidelity": None,
        "why_not": "too few votes",
        "seconds": 31.4,
        "conflicts": 0,
        "contradictions": 0,
        "gold": NONE,
        "accepted": 0,
        "returned": 0,
    }
    return RaterQuality(**{**none, **about, **more})


def between(one: str, other: str, value: float) -> RaterPairAgreement:
    return RaterPairAgreement(one=one, other=other, pair_agreement=agreed(value), tau_b=NONE)


def test_the_heat_map_has_both_halves_and_names_who_agree_least() -> None:
    quality = Quality(
        draws=1,
        votes=30,
        raters=(rater("anna", 12), rater("ben"), rater("cleo")),
        pairs=(between("anna", "ben", 0.9), between("anna", "cleo", 0.4)),
    )
    heat = rating(quality).heat
    assert heat is not None
    (cells,) = heat.spec["datasets"].values()
    assert {(cell["one"], cell["other"]) for cell in cells} == {
        ("anna", "ben"),
        ("ben", "anna"),
        ("anna", "cleo"),
        ("cleo", "anna"),
    }
    assert heat.says.endswith("least anna and cleo, 40%.")
    assert heat.rows[0] == ("anna", "ben", "90.0 % [80.0 %, 100.0 %]", 10)


def test_raters_stand_by_their_votes_with_their_habits_and_why_a_figure_is_missing() -> None:
    careless = rater("ben", 99, careless=("straight lines", "too quick"))
    found = rating(Quality(draws=1, votes=2, raters=(rater("anna"), careless)))
    assert [row[0] for row in found.raters] == ["ben", "anna"]
    shown = dict(zip(found.columns, found.raters[0], strict=True))
    assert shown["look at"] == "straight lines, too quick"
    assert shown["reliability [95 % interval]"] == "too few votes"
    assert shown["time"] == "31 s"
    assert not {"gold", "lenient by"} & set(shown)


def test_of_many_raters_those_with_most_votes_are_shown_and_the_rest_counted() -> None:
    many = tuple(rater(f"r{number:03}", votes=number) for number in range(MOST_RATERS + 5))
    found = rating(Quality(draws=1, votes=1, raters=many))
    assert len(found.raters) == MOST_RATERS
    assert found.left_out == 5
    assert found.raters[0][0] == f"r{MOST_RATERS + 4:03}"


def test_what_the_votes_do_not_give_is_left_out() -> None:
    group = GroupAgreement(group="human", pair_agreement=NONE, tau_b=NONE)
    found = rating(Quality(draws=1, votes=1, raters=(rater("anna"),), groups=(group,)))
    assert (found.groups, found.metrics, found.heat, found.copies) == ([], [], None, [])


def test_sheets_that_are_too_alike_are_named() -> None:
    alike = Copies(
        one="a", other="b", identical=9, common=10, expected=0.1, p_value=0.001, later="b"
    )
    found = rating(Quality(draws=1, votes=1, raters=(rater("a"), rater("b")), copies=(alike,)))
    assert found.copies == [("a", "b", 9, 10)]
