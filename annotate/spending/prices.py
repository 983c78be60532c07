"""What a model's tokens cost on a day: the user's own prices first, then the dated table.

A price out of its days is no price. Under a spend cap that stops the run before it starts.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, Literal

from schemas.config_judge import Price
from schemas.errors import ConfigError

Tier = Literal["standard", "flex", "batch"]


@dataclass(frozen=True, slots=True)
class PriceRow:
    """US dollars per million tokens, from a day to a day, both included."""

    model: str
    input: Decimal
    output: Decimal
    valid_until: date
    cached_input: Decimal | None = None
    valid_from: date = date.min
    source: str = "curate.toml"

    def holds(self, on: date) -> bool:
        """Whether the price is valid on that day."""
        return self.valid_from <= on <= self.valid_until


def price_of(model: str, on: date, overrides: Sequence[Price] = ()) -> PriceRow | None:
    """The price of a model on a day, None where none is valid.

    The user's own prices of a model replace the table's, also once they have run out. Of several
    that are valid the one that ends first is taken.
    """
    valid = [row for row in _rows_of(model, overrides) if row.holds(on)]
    return min(valid, key=lambda row: row.valid_until, default=None)


def price_under_cap(model: str, on: date, overrides: Sequence[Price] = ()) -> PriceRow:
    """As `price_of`. Raises ConfigError with model, day and fix where there is none."""
    price = price_of(model, on, overrides)
    if price is None:
        raise ConfigError(
            f"a spend cap needs the price of {model!r} on {on}, and {_known(model, overrides)}",
            "add it to curate.toml: [[judge.price]] "
            f'model = "{model}", input = ..., output = ... (USD per million tokens), '
            "valid_until = ...",
        )
    return price


def tier_factor(tier: Tier) -> Decimal:
    """What a tier's price is of the standard one."""
    return Decimal(_data()["tiers"][tier])


def table() -> tuple[PriceRow, ...]:
    """The dated table that comes with the tool."""
    return tuple(PriceRow(**_decimals(row)) for row in _data()["price"])


def _rows_of(model: str, overrides: Iterable[Price]) -> list[PriceRow]:
    own = [_row(price) for price in overrides if price.model == model]
    return own or [row for row in table() if row.model == model]


def _known(model: str, overrides: Iterable[Price]) -> str:
    """Which days are priced, or that none is."""
    rows = _rows_of(model, overrides)
    if not rows:
        return "it has none"
    return "its prices are for " + ", ".join(_days(row) for row in rows)


def _days(row: PriceRow) -> str:
    since = "" if row.valid_from == date.min else f"{row.valid_from} "
    return f"{since}until {row.valid_until} ({row.source})"


def _row(price: Price) -> PriceRow:
    """A price of curate.toml, its floats as the decimals that were written there."""
    cached = price.cached_input
    return PriceRow(
        model=price.model,
        input=Decimal(repr(price.input)),
        output=Decimal(repr(price.output)),
        cached_input=None if cached is None else Decimal(repr(cached)),
        valid_until=price.valid_until,
    )


def _decimals(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: Decimal(value) if isinstance(value, int) else value for key, value in row.items()}


@cache
def _data() -> Mapping[str, Any]:
    text = resources.files("annotate.spending").joinpath("prices.toml").read_text("utf-8")
    return tomllib.loads(text, parse_float=Decimal)
