from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.raters import delays

INFO = "type.googleapis.com/google.rpc.RetryInfo"


@pytest.mark.parametrize(
    ("message", "seconds"),
    [
        ("Quota exceeded. Please retry in 47.17s.", 47.17),
        ("Please retry in 1h2m3.5s.", 3723.5),
        ("Please try again in 6m0s. Visit", 360),
        ("Please try again in 250ms.", 0.25),
        ("Retry after 2s", 2),
        ("Please retry in a while", None),
        ("retried in 3s", None),
        ("", None),
    ],
)
def test_delay_in_words(message: str, seconds: float | None) -> None:
    assert delays.in_words(message) == seconds


@pytest.mark.parametrize(
    ("details", "seconds"),
    [
        ([{"@type": "other"}, {"@type": INFO, "retryDelay": "3s"}], 3),
        ([{"@type": INFO, "retryDelay": "21599.960323804s"}], 21599.960323804),
        ([{"@type": INFO}], None),
        ([{"@type": INFO, "retryDelay": {"seconds": 3}}], None),
        ({"@type": INFO, "retryDelay": "3s"}, None),
        (None, None),
    ],
)
def test_delay_in_details(details: object, seconds: float | None) -> None:
    assert delays.in_details(details) == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("5", 5),
        (" 0.5 ", 0.5),
        ("", None),
        ("soon", None),
        ("-3", None),
        (f"1 Jan {'9' * 20} 00:00:00 GMT", None),
        (f"1 Jan 2020 00:00:00 -{'9' * 14}", None),
    ],
)
def test_delay_in_a_header(value: str, seconds: float | None) -> None:
    assert delays.in_headers({"Retry-After": value}) == seconds


def test_delay_until_a_date() -> None:
    then = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)

    found = delays.in_headers({"retry-after": then})

    assert found is not None
    assert 25 < found <= 30


def test_a_date_of_another_zone_is_that_moment() -> None:
    moment = datetime.now(UTC) + timedelta(seconds=30)
    then = format_datetime(moment.astimezone(timezone(timedelta(hours=5))))

    found = delays.in_headers({"retry-after": then})

    assert found is not None
    assert 25 < found <= 30


def test_date_that_is_over_is_no_delay() -> None:
    assert delays.in_headers({"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}) == 0


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    for found in (delays.in_words(text), delays.in_headers({"Retry-After": text})):
        assert found is None or found >= 0
