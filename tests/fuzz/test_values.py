"""Any bytes are a value, and every value has bytes that are that value again."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.values import DEEPEST, Reader, bytes_of, size_bytes, text_bytes

WORDS = ("prompt", "responses", "tiers")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**400), 10**400)
    | st.floats(allow_nan=False)
    | TEXTS
    | st.sampled_from(WORDS)
    | st.binary(max_size=40)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(TEXTS | st.sampled_from(WORDS), inner)
    ),
    max_leaves=20,
)


@given(value=VALUES)
def test_a_value_comes_back_from_its_bytes(value: Any) -> None:
    reader = Reader(bytes_of(value, WORDS), WORDS)
    found = reader.value()
    assert found == value
    assert type(found) is type(value)
    assert reader.left == 0


@given(data=st.binary(max_size=300))
def test_any_bytes_are_a_value_that_json_can_write(data: bytes) -> None:
    reader = Reader(data, WORDS)
    values = [reader.value() for _ in range(3)]
    assert json.loads(json.dumps(values, default=repr)) is not None


@given(data=st.binary(max_size=300))
def test_the_same_bytes_are_the_same_value(data: bytes) -> None:
    assert repr(Reader(data, WORDS).value()) == repr(Reader(data, WORDS).value())


@given(size=st.integers(0, 2**28), text=TEXTS)
def test_sizes_and_texts_come_back(size: int, text: str) -> None:
    reader = Reader(size_bytes(size) + text_bytes(text) + b"rest")
    assert (reader.size(), reader.text(), reader.rest()) == (size, text, b"rest")


def test_bytes_that_are_no_text_are_a_text_with_lone_surrogates() -> None:
    assert Reader(text_bytes("a\udcff")).text() == "a\udcff"
    assert Reader(b"\x02a\xff").text() == "a\udcff"


def test_a_list_is_no_longer_than_what_is_left_and_no_deeper_than_it_may_be() -> None:
    assert Reader(b"\x08\xff\x7f\x01\x02").value() == [False, True]
    found = Reader(b"\x08\x01" * 500).value()
    depth = 0
    while isinstance(found, list) and found:
        found, depth = found[0], depth + 1
    assert depth == DEEPEST


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b"", None),
        (b"\x0a\x02ab\x03", "ababab"),
        (b"\x07\x04", "responses"),
        (b"\x04\x02\xff\xff", -1),
        (b"\x0b\x02ab", b"ab"),
    ],
)
def test_a_byte_says_the_kind(data: bytes, value: Any) -> None:
    assert Reader(data, WORDS).value() == value


def test_numbers_that_json_has_no_word_for_are_there() -> None:
    assert math.isnan(Reader(bytes_of(math.nan)).value())
    assert Reader(bytes_of(math.inf)).value() == math.inf
