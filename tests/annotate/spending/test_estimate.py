"""Estimates: tokens by rule of thumb, dollars by the price, seconds by what bounds the run."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.running.call import Tokens
from annotate.running.traffic import Traffic
from annotate.spending.estimate import (
    Load,
    Resolution,
    estimate,
    image_tokens,
    patch_tokens,
    text_tokens,
    total,
)
from annotate.spending.prices import PriceRow

FLASH = PriceRow("flash", Decimal("0.75"), Decimal("3.75"), date.max)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", 0),
        ("How many cups are there", 6),
        ("多少个杯子", 5),
        ("컵이 몇 개", 5),
        ("12345678", 8),
        ("Привет", 3),
        ("déjà vu!", 2),
        ("\U0001f600\U0001f600", 2),
    ],
)
def test_tokens_of_a_text(text: str, tokens: int) -> None:
    assert text_tokens(text) == tokens


@given(text=st.text())
def test_a_text_has_between_a_quarter_of_its_characters_and_all_of_them(text: str) -> None:
    assert len(text) / 4 <= text_tokens(text) <= len(text)


@pytest.mark.parametrize(
    ("resolution", "image"), [("low", 280), ("medium", 560), ("high", 1120), ("ultra_high", 2240)]
)
def test_tokens_of_a_picture(resolution: Resolution, image: int) -> None:
    assert image_tokens(resolution) == image


def test_a_picture_is_sent_in_high_resolution() -> None:
    assert image_tokens() == 1120


def test_open_models_count_squares_within_bounds() -> None:
    assert patch_tokens(280, 140) == 50
    assert patch_tokens(281, 1) == 11
    assert patch_tokens(1, 1) == 4
    assert patch_tokens(100_000, 100_000) == 16384


def test_the_worked_example_of_the_price_table() -> None:
    # 10,000 prompts: 2,970 tokens in, 400 and 600 thoughts out.
    load = Load(10_000, 29_700_000, 10_000_000, Tokens(40_000_000, 40_960_000))
    whole = estimate(load, FLASH, Traffic(concurrency=32), latency=8)
    assert whole.expected_usd == Decimal("59.775")
    assert whole.worst_usd == Decimal(40) * FLASH.input + Decimal("40.96") * FLASH.output
    assert whole.seconds == 313 * 8
    flex = estimate(load, FLASH, Traffic(concurrency=32), latency=8, tier="flex")
    assert flex.expected_usd == Decimal("29.8875")


@pytest.mark.parametrize(
    ("traffic", "seconds"),
    [
        (Traffic(concurrency=1000), 10),
        (Traffic(concurrency=10), 100),
        (Traffic(concurrency=10, rpm=12), 500),
        (Traffic(concurrency=10, rpm=12, tpm=1000), 6000),
    ],
)
def test_the_slowest_bound_decides(traffic: Traffic, seconds: float) -> None:
    load = Load(100, 100_000, 1, Tokens(100_000, 1))
    assert estimate(load, None, traffic, latency=10).seconds == seconds


def test_a_run_of_a_moment_takes_no_longer() -> None:
    load = Load(1, 1, 1, Tokens(1, 1))
    assert estimate(load, None, Traffic(concurrency=1), latency=0.25).seconds == 0.25


def test_without_a_price_nobody_knows_what_calls_cost() -> None:
    asked = estimate(Load(1, 1, 1, Tokens(1, 1)), None, Traffic(), latency=1)
    assert (asked.expected_usd, asked.worst_usd) == (None, None)
    nothing = estimate(Load(0, 0, 0, Tokens(0, 0)), None, Traffic(), latency=1)
    assert nothing.expected_usd == nothing.worst_usd == Decimal(0)


def test_a_sum_with_an_unknown_amount_is_unknown() -> None:
    assert total([Decimal(1), Decimal(2)]) == 3
    assert total([Decimal(1), None, Decimal(2)]) is None


def test_loads_add_up() -> None:
    first, second = Load(1, 1230, 900, Tokens(1340, 4096)), Load(1, 20, 100, Tokens(30, 100))
    assert first + second == Load(2, 1250, 1000, Tokens(1370, 4196))
