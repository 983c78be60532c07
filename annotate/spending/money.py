"""Money in whole picodollars (1e-12 US dollars), so that sums and comparisons are exact.

A price of six decimals per million tokens is a whole number of picodollars per token.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from annotate.running.call import Tokens
from annotate.spending.prices import PriceRow, Tier, tier_factor
from schemas.event import Usage

PICO = 10**12
PER_MILLION = 10**6


def pico(dollars: Decimal | float) -> int:
    """Dollars as picodollars; a part of one counts as a whole one.

    A float is read as the decimal that prints it, which is what its writer meant.
    """
    exact = dollars if isinstance(dollars, Decimal) else Decimal(repr(dollars))
    return int((exact * PICO).to_integral_value(ROUND_CEILING))


def dollars(amount: int) -> Decimal:
    """Picodollars as dollars, exactly."""
    return Decimal(amount) / PICO


@dataclass(frozen=True, slots=True)
class Rates:
    """Picodollars for one token of each kind."""

    input: int = 0
    cached: int = 0
    output: int = 0

    def cost(self, usage: Usage) -> int:
        """What the tokens of a reply cost; cached ones are part of the input, thoughts are output.

        cost = ((input - cached) * in + cached * in_cached + (output + thoughts) * out) * tier
        """
        return (
            max(0, usage.input_tokens - usage.cached_tokens) * self.input
            + usage.cached_tokens * self.cached
            + (usage.output_tokens + usage.thought_tokens) * self.output
        )

    def worst(self, tokens: Tokens) -> int:
        """What an attempt can cost at most: nothing of it is cached."""
        return tokens.input * self.input + tokens.output * self.output


def rates(price: PriceRow | None, tier: Tier = "standard") -> Rates:
    """The rates of a price in a tier; all nought without a price."""
    if price is None:
        return Rates()
    cached = price.input if price.cached_input is None else price.cached_input
    factor = tier_factor(tier) / PER_MILLION
    return Rates(pico(price.input * factor), pico(cached * factor), pico(price.output * factor))
