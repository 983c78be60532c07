"""Canonical JSON and content ids: the same value is the same text on every machine."""

import hashlib
from decimal import Decimal, localcontext
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from schemas.base import (
    Amount,
    Count,
    Dollars,
    Hex32,
    Record,
    Score,
    Share,
    canonical_json,
    content_id,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=8,
)


class Reading(Record):
    value: float
    note: str = ""


def test_canonical_json_sorts_keys_and_keeps_text() -> None:
    assert canonical_json({"b": [1, None], "a": "ü"}) == '{"a":"ü","b":[1,null]}'


def test_content_id_is_the_head_of_a_sha256() -> None:
    assert content_id(["x", 1]) == hashlib.sha256(b'["x",1]').hexdigest()[:32]


@given(st.dictionaries(st.text(max_size=4), JSON))
def test_key_order_does_not_change_an_id(value: dict[str, object]) -> None:
    assert content_id(dict(reversed(value.items()))) == content_id(value)


@given(JSON, JSON)
def test_ids_are_equal_only_for_equal_json(left: object, right: object) -> None:
    same = canonical_json(left) == canonical_json(right)
    assert (content_id(left) == content_id(right)) == same


def test_a_number_that_json_cannot_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical_json(float("nan"))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_record_holds_finite_numbers_only(value: float) -> None:
    with pytest.raises(ValidationError, match="finite"):
        Reading(value=value)


def test_a_record_refuses_a_field_it_does_not_know() -> None:
    with pytest.raises(ValidationError, match="notes"):
        Reading.model_validate({"value": 1, "notes": "typo"})


def test_a_record_does_not_change() -> None:
    reading = Reading(value=1)
    with pytest.raises(ValidationError, match="frozen"):
        reading.value = 2  # type: ignore[misc]


def test_a_score_has_at_most_six_places() -> None:
    score = TypeAdapter(Score)
    assert score.validate_python("0.333333") == Decimal("0.333333")
    with pytest.raises(ValidationError, match="decimal places"):
        score.validate_python("0.3333333")


@pytest.mark.parametrize("text", ["", "0" * 31, "0" * 33, "A" * 32, "g" * 32, "0" * 32 + "\n"])
def test_an_id_is_32_lower_hex_digits(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Hex32).validate_python(text)


BOUNDS = [
    (Count, 0, 2_147_483_647, 1),
    (Amount, 0, 9_007_199_254_740_992, 1),
    (Dollars, Decimal(0), Decimal(1_000_000_000_000_000_000_000_000_000_000), Decimal("0.01")),
    (Share, 0.0, 1.0, 1e-9),
    (Score, Decimal("-999999999999.999999"), Decimal("999999999999.999999"), Decimal("0.000001")),
]


@pytest.mark.parametrize(("kind", "least", "most", "step"), BOUNDS)
def test_a_number_goes_as_far_as_its_readers_hold_it(
    kind: Any, least: Any, most: Any, step: Any
) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(kind)
    for inside in (least, most):
        assert adapter.validate_python(inside) == inside
    with localcontext(prec=60):
        outside = (least - step, most + step)
    for beyond in outside:
        with pytest.raises(ValidationError):
            adapter.validate_python(beyond)
