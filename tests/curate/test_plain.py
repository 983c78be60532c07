import json
import math
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.plain import json_text, plain, settings_text

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.binary()
    | st.dates()
    | st.times()
    | st.datetimes()
    | st.text(),
    lambda inner: (
        st.lists(inner) | st.tuples(inner) | st.dictionaries(st.text() | st.integers(), inner)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("5.000000"), 5),
        (Decimal("0.416667"), 0.416667),
        (Decimal("NaN"), "NaN"),
        (math.inf, "inf"),
        (b"\x00\xff", "00ff"),
        (datetime(2026, 1, 2, 3, tzinfo=UTC), "2026-01-02T03:00:00+00:00"),
        (date(2026, 1, 2), "2026-01-02"),
        (time(3, 4), "03:04:00"),
        ({(1, 2): [Decimal(1)]}, {"(1, 2)": [1]}),
        (True, True),
    ],
)
def test_a_value_becomes_its_json_type(value: Any, expected: Any) -> None:
    assert plain(value) == expected
    assert type(plain(value)) is type(expected)


@given(VALUES)
def test_any_value_is_one_line_of_plain_ascii_json(value: Any) -> None:
    text = json_text(value)
    assert text.isascii()
    assert text.isprintable()
    json.loads(text, parse_constant=_no_constant)


@given(st.text())
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert json.loads(json_text({"text": text})) == {"text": text}


def test_settings_are_said_in_a_line_without_what_is_unset() -> None:
    settings = {"policy": "adjacent", "min_margin": 2.0, "veto": [], "mix": {"text_share": None}}
    assert settings_text(settings) == "policy adjacent, min_margin 2"
    assert settings_text({"veto": [{"min": 3}], "seed": 0}) == 'veto [{"min": 3}], seed 0'


def _no_constant(name: str) -> None:
    raise AssertionError(name)
