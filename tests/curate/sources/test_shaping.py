from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.sources.shaping import (
    BadRowError,
    as_list,
    as_name,
    as_object,
    as_text,
    attribute_text,
    attributes_of,
    known_keys,
    metric_name,
    one_of,
    shown,
)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("helpfulness", "helpfulness"),
        ("Helpfulness", "helpfulness"),
        ("Visual Faithfulness", "visual_faithfulness"),
        ("visualFaithfulness", "visual_faithfulness"),
        ("  ethical-considerations ", "ethical_considerations"),
        ("H2 (overall)", "h2_overall"),
        ("GPT4V", "gpt4_v"),
        ("__", ""),
        ("\u0130yilik", "i_yilik"),  # whose small letter is an i and a dot of its own
    ],
)
def test_metric_names_become_lower_snake_case(written: str, name: str) -> None:
    assert metric_name(written) == name
    assert metric_name(name) == name


@given(st.text())
def test_metric_name_of_a_metric_name_is_itself(written: str) -> None:
    assert metric_name(metric_name(written)) == metric_name(written)


@pytest.mark.parametrize(
    ("read", "value", "found"),
    [
        (as_list, None, []),
        (as_list, (1, 2), (1, 2)),
        (as_object, None, {}),
        (as_object, {"a": 1}, {"a": 1}),
        (as_text, None, None),
        (as_text, "", ""),
        (as_name, 17, "17"),
        (as_name, " ", None),
        (as_name, "gpt", "gpt"),
    ],
)
def test_value_of_the_right_type_is_taken(read: Any, value: Any, found: Any) -> None:
    assert read(value, "place") == found


@pytest.mark.parametrize(
    ("read", "value", "what"),
    [
        (as_list, "text", "place is str 'text', not a list"),
        (as_list, {"a": 1}, "place is dict of 1 entry, not a list"),
        (as_object, [1], "place is list of 1 entry, not an object"),
        (as_object, {1: 2}, "not an object"),
        (as_text, 7, "place is int 7, not text"),
        (as_name, True, "place is bool True, not text"),
        (as_name, 1.5, "place is float 1.5, not text"),
    ],
)
def test_value_of_another_type_is_named_with_its_place(read: Any, value: Any, what: str) -> None:
    with pytest.raises(BadRowError) as raised:
        read(value, "place")
    assert (raised.value.reason, what in raised.value.detail) == ("bad_type", True)


def test_unknown_key_names_the_nearest_known_one() -> None:
    with pytest.raises(BadRowError, match=r"'x\.responsez' unknown; did you mean 'responses'"):
        known_keys({"responsez": []}, ["responses", "prompt"], "x")


@pytest.mark.parametrize("value", ["humans", None, ["human"], 3])
def test_word_outside_a_closed_set_is_named(value: Any) -> None:
    with pytest.raises(BadRowError, match="kind is"):
        one_of(value, ["human", "judge"], "kind")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("é", "é"),
        (3, "3"),
        (0.5, "0.5"),
        (True, "true"),
        (["b", "a"], '["b", "a"]'),
        ({"b": 1, "a": "é"}, '{"a": "é", "b": 1}'),
        (float("nan"), "NaN"),
    ],
)
def test_attribute_is_text_or_its_json(value: Any, text: str) -> None:
    assert attribute_text(value, "a") == text


def test_bytes_are_no_attribute() -> None:
    with pytest.raises(BadRowError, match="image is dict"):
        attribute_text({"bytes": b"x"}, "image")


def test_null_attributes_are_left_out() -> None:
    assert attributes_of({"a": None, "b": 1}) == {"b": "1"}


def test_shown_value_is_short_whatever_its_size() -> None:
    for value in ("x" * 10_000, b"x" * 10_000, 10**5000, list(range(10_000)), {"a": "b" * 999}):
        assert len(shown(value)) <= 80
