"""Prices: by model and day, the user's own first, refused when out of their days."""

from datetime import date
from decimal import Decimal

import pytest

from annotate.spending.prices import price_of, price_under_cap, table, tier_factor
from schemas.config_judge import Price
from schemas.errors import ConfigError

TODAY = date(2026, 11, 21)


def own(until: date = date(2026, 12, 24), price: float = 0.1) -> Price:
    return Price(model="gemini-3.8-flash", input=price, output=0.3, valid_until=until)


def test_a_known_model_has_its_price() -> None:
    price = price_of("gemini-3.8-flash", TODAY)
    assert price is not None
    assert (price.input, price.output) == (Decimal("0.75"), Decimal("3.75"))
    assert price.cached_input is None


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2026, 11, 30), (2, 10)), (date(2026, 12, 1), (4, 20)), (date(2026, 12, 31), (4, 20))],
)
def test_a_price_changes_on_its_day(day: date, expected: tuple[int, int]) -> None:
    price = price_of("gemini-4-argon", day)
    assert price is not None
    assert (price.input, price.output) == tuple(map(Decimal, expected))


def test_a_price_out_of_its_days_is_none() -> None:
    assert price_of("gemini-3.8-flash", date(2027, 1, 1)) is None
    assert price_of("gemini-9", TODAY) is None


def test_own_prices_come_first_and_the_first_to_end_of_them() -> None:
    later = own(date(2027, 6, 1), 0.2)
    price = price_of("gemini-3.8-flash", TODAY, [later, own()])
    assert price is not None
    assert price.input == Decimal("0.1")
    price = price_of("gemini-3.8-flash", date(2027, 1, 1), [later, own()])
    assert price is not None
    assert price.input == Decimal("0.2")


def test_an_own_price_that_ran_out_is_not_replaced_by_the_tables() -> None:
    assert price_of("gemini-3.8-flash", TODAY, [own(date(2026, 11, 20))]) is None
    assert price_of("gemini-4-argon", TODAY, [own(date(2026, 11, 20))]) is not None


def test_a_cap_without_a_price_is_refused_with_model_day_and_fix() -> None:
    with pytest.raises(ConfigError) as error:
        price_under_cap("gemini-9", TODAY)
    assert str(error.value) == (
        "a spend cap needs the price of 'gemini-9' on 2026-11-21, and it has none; "
        'add it to curate.toml: [[judge.price]] model = "gemini-9", input = ..., output = ... '
        "(USD per million tokens), valid_until = ..."
    )


def test_a_cap_with_prices_of_other_days_is_refused_with_those() -> None:
    with pytest.raises(ConfigError, match=r"prices are for until 2026-11-20 \(curate.toml\)"):
        price_under_cap("gemini-3.8-flash", TODAY, [own(date(2026, 11, 20))])
    with pytest.raises(ConfigError, match="2026-12-01 until 2026-12-31"):
        price_under_cap("gemini-4-argon", date(2027, 1, 1))
    assert price_under_cap("gemini-4-argon", TODAY).output == 10


def test_every_row_says_where_it_is_from_and_no_two_hold_at_once() -> None:
    rows = table()
    assert all(row.source and row.valid_from <= row.valid_until for row in rows)
    for row in rows:
        for day in (row.valid_from, row.valid_until):
            assert [one for one in rows if one.model == row.model and one.holds(day)] == [row]


def test_slow_tiers_are_half_the_price() -> None:
    assert tier_factor("standard") == 1
    assert tier_factor("flex") == tier_factor("batch") == Decimal("0.5")
