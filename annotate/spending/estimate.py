"""What a run will take before it is run: tokens, dollars, seconds.

Rules of thumb, to be corrected by the usage of the first replies. An output's worst case is the
request's max_output_tokens, since thoughts count within it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Literal

from annotate.running.call import Tokens
from annotate.running.traffic import Traffic
from annotate.spending.money import dollars, rates
from annotate.spending.prices import PriceRow, Tier
from schemas.event import Usage

Resolution = Literal["low", "medium", "high", "ultra_high"]

IMAGE_TOKENS: dict[Resolution, int] = {"low": 280, "medium": 560, "high": 1120, "ultra_high": 2240}
"""Gemini 3 and later, per picture whatever its sides; `high` is what is used where none is set."""

"""Gemini 3 and later, per frame of a video; frames sent as pictures count as pictures."""

PATCH_SIDE = 28
PATCHES = (4, 16384)
"""Qwen2-VL and its followers: a token for each square of 28 pixels (arXiv 2409.12191)."""

MARGIN = 2
"""Worst case over expectation: code, digits and rare words take up to twice the tokens."""

# Kana, CJK, Hangul, full-width forms and emoji: about a token each.
_WIDE = re.compile(
    "[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\U0001f000-\U0001faff\U00020000-\U0003ffff]+"
)
_DIGITS = re.compile("[0-9]+")
# Cyrillic, Greek, Arabic, Indic and the like: about two characters a token.
_OTHER = re.compile("[\u0370-\u10ff\u1200-\u1eff]+")


@dataclass(frozen=True, slots=True)
class Load:
    """What a run asks for in total: expected tokens, and tokens at the worst of one attempt each.

    Loads add up, so a plan of any length is summed as it streams by.
    """

    calls: int
    input_tokens: int
    output_tokens: int
    worst: Tokens

    def __add__(self, other: "Load") -> "Load":
        return Load(
            self.calls + other.calls,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            Tokens(
                self.worst.input + other.worst.input,
                self.worst.output + other.worst.output,
            ),
        )


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run will take. `worst_usd` is every call once at its worst, without repeats.

    Dollars are null where there are calls and no price.
    """

    calls: int
    input_tokens: int
    output_tokens: int
    expected_usd: Decimal | None
    worst_usd: Decimal | None
    seconds: float


def text_tokens(text: str) -> int:
    """About how many tokens a text is: a quarter of its Latin characters, each digit and CJK one.

    Gemini's vocabulary splits numbers into digits; other alphabets take two characters a token.
    """
    single = _length(_DIGITS, text)
    other = 0
    if not text.isascii():
        single += _length(_WIDE, text)
        other = _length(_OTHER, text)
    return single + ceil(other / 2 + (len(text) - single - other) / 4)


def image_tokens(resolution: Resolution = "high") -> int:
    """Tokens of one picture sent to Gemini 3 or later."""
    return IMAGE_TOKENS[resolution]


def patch_tokens(width: int, height: int) -> int:
    """Tokens of one picture for models that cut it into squares, as open ones do."""
    least, most = PATCHES
    return min(most, max(least, ceil(width / PATCH_SIDE) * ceil(height / PATCH_SIDE)))


def estimate(
    load: Load, price: PriceRow | None, traffic: Traffic, *, latency: float, tier: Tier = "standard"
) -> Estimate:
    """What a load will take; `latency` is the seconds of one call. Caching is not counted on."""
    per_token = rates(price, tier)
    usage = Usage(input_tokens=load.input_tokens, output_tokens=load.output_tokens)
    known = price is not None or not load.calls
    return Estimate(
        load.calls,
        load.input_tokens,
        load.output_tokens,
        dollars(per_token.cost(usage)) if known else None,
        dollars(per_token.worst(load.worst)) if known else None,
        _seconds(load, traffic, latency),
    )


def total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum in dollars; null where one of them is."""
    found = Decimal(0)
    for amount in amounts:
        if amount is None:
            return None
        found += amount
    return found


def _seconds(load: Load, traffic: Traffic, latency: float) -> float:
    """The slowest of what bounds a run: calls in flight, requests a minute, tokens a minute."""
    in_flight = ceil(load.calls / traffic.concurrency) * latency
    by_requests = load.calls * 60 / traffic.rpm if traffic.rpm else 0.0
    by_tokens = load.input_tokens * 60 / traffic.tpm if traffic.tpm else 0.0
    return max(in_flight, by_requests, by_tokens)


def _length(pattern: re.Pattern[str], text: str) -> int:
    return sum(len(run) for run in pattern.findall(text))
