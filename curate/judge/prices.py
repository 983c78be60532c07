"""The price of each judge on the day of the run, and the cap."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from annotate.spending.prices import PriceRow, price_of, price_under_cap
from curate.judge.members import Member
from schemas.config_judge import JudgeSection

Prices = dict[Member, PriceRow | None]


def cap_of(section: JudgeSection, budget_usd: float | None) -> Decimal | None:
    """The cap in US dollars, the option before the config."""
    given = section.budget_usd if budget_usd is None else budget_usd
    return None if given is None else Decimal(repr(given))


def prices_of(
    members: Sequence[Member], section: JudgeSection, on: date, *, under_cap: bool
) -> Prices:
    """Each judge's price. Raises ConfigError under a cap where one has none that day.

    Recorded judgements cost nothing, so they need no price.
    """
    find = price_under_cap if under_cap else price_of
    return {
        member: FREE if member.provider == "replay" else find(member.model, on, section.price)
        for member in members
    }


def unpriced(prices: Prices, on: date) -> list[str]:
    """A warning for each judge whose dollars are not counted."""
    return [
        f"{member.rater_id} has no price on {on}, so its dollars are not counted; "
        "[[judge.price]] in curate.toml sets one"
        for member, price in prices.items()
        if price is None
    ]


FREE = PriceRow("replay", Decimal(0), Decimal(0), date.max, source="recorded judgements")
