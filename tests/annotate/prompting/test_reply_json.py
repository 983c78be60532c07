"""The one object of a reply: found in prose, never mended, never at the price of the process."""

import json
import time
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.prompting.reply_json import only_object, shown
from annotate.prompting.unparsable import Unparsable

PIECES = st.sampled_from(
    ["{", "}", "[", "]", '"', "\\", ":", ",", "a", "1", "-", ".", "e9", " ", "\n", "null", "NaN"]
)


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1}',
        '\ufeff{"a": 1}',
        '```json\n{"a": 1}\n```',
        'Sure, "here" it is [1]:\n{"a": 1}\nI hope this helps!',
        '[{"a": 1}]',
    ],
)
def test_what_stands_around_the_object_is_let_pass(text: str) -> None:
    assert only_object(text) == {"a": 1}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "the reply is empty"),
        ("\ufeff \n", "the reply is empty"),
        ("I cannot judge this.", "no JSON object"),
        ("4", "no JSON object"),
        ("[1, 2]", "no JSON object"),
        ('"{', "cut off"),
        ('{"a": 1', "cut off"),
        ('{"a": "}', "cut off"),
        ('{"a": "\\', "cut off"),
        ('{"a": 1,}', "broken at character"),
        ("{'a': 1}", "broken at character"),
        ('{"a": 1 /* why */}', "broken at character"),
        ('{"a": 01}', "broken at character"),
        ('{"a" 1}', "broken at character"),
        ('{"a": [}', "cut off"),
        ('{"a": 1} {"a": 2}', "more than one JSON object"),
        ('{"a": 1}\n```\n{', "more than one JSON object"),
        ('In {brackets}: {"a": 1}', "more than one JSON object"),
        ('{"a": 1, "a": 1}', "'a' stands twice"),
        ('{"x": [{"a": 1, "\\u0061": 2}]}', "'a' stands twice"),
        ('{"a": NaN}', "NaN is no number"),
        ('{"a": -Infinity}', "-Infinity is no number"),
        ('{"a": 1e99999999999999999999}', "beyond all bounds"),
    ],
)
def test_anything_else_is_refused_with_the_reason(text: str, problem: str) -> None:
    with pytest.raises(Unparsable, match=problem) as caught:
        only_object(text)
    assert "\n" not in caught.value.problem
    assert len(caught.value.problem) < 120


def test_a_broken_object_is_not_replaced_by_one_inside_it() -> None:
    with pytest.raises(Unparsable):
        only_object('{"A": {"reason": "it says {"A": 4}", "score": 1}}')


def test_braces_and_quotes_in_strings_are_only_text() -> None:
    value = {"a": '} { ] "b": \\" \\', "c": "```"}
    assert only_object(json.dumps(value)) == value


def test_line_breaks_in_strings_are_let_pass() -> None:
    assert only_object('{"a": "two\nlines\ttab"}') == {"a": "two\nlines\ttab"}


def test_numbers_are_exact() -> None:
    assert only_object('{"a": 2.9999999999999999999}')["a"] == Decimal("2.9999999999999999999")
    assert only_object('{"a": 1' + "0" * 5000 + "}")["a"] == Decimal(f"1E{5000}")


@pytest.mark.parametrize("bracket", ['{"a":', "[", '[{"a":'])
@pytest.mark.parametrize("depth", [33, 10_000, 80_000])
def test_deep_nesting_is_refused(bracket: str, depth: int) -> None:
    with pytest.raises(Unparsable, match="more than 32 levels"):
        only_object('{"a":' + bracket * depth)


def test_thirty_two_levels_are_taken() -> None:
    text = '{"a":' * 32 + "1" + "}" * 32
    assert only_object(text)


@pytest.mark.parametrize("text", ["x" * 1_000_000, '{"a": "' + "x" * 1_000_000 + '"}'])
def test_a_huge_reply_is_refused(text: str) -> None:
    with pytest.raises(Unparsable, match="more than 500,000"):
        only_object(text)


@pytest.mark.parametrize(
    "text",
    [
        '{"' + '\\"' * 240_000,
        '{"a":' * 32 + '"' * 400_000,
        "{" + ",".join(f'"{n}":1' for n in range(40_000)) + ',"1":1}',
        "{" + '"a":1,' * 80_000 + "}",
        "{" + "}" * 400_000,
        '{"a": ' + "9" * 490_000 + "}",
        "\\" * 250_000 + "{" + "\\" * 240_000,
    ],
)
def test_no_reply_takes_long(text: str) -> None:
    start = time.process_time()
    with suppress(Unparsable):
        only_object(text)
    assert time.process_time() - start < 2


@given(text=st.lists(PIECES, max_size=40).map("".join) | st.text(st.characters()))
def test_any_text_is_an_object_or_refused(text: str) -> None:
    with suppress(Unparsable):
        assert isinstance(only_object(text), dict)


@given(text=st.lists(PIECES, max_size=40).map("".join))
def test_a_problem_is_one_printable_line(text: str) -> None:
    with pytest.raises(Unparsable) as caught:
        only_object(f"{text} {{")
    assert caught.value.problem.isprintable()
    assert len(caught.value.problem) < 120


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal("3.5"), "'3.5'"),
        ("drei\n", "'drei\\n'"),
        (None, "None"),
        ("\u2028\ud800", "'\\u2028\\ud800'"),
        ("x" * 100, "'" + "x" * 36 + "..."),
    ],
)
def test_a_value_is_shown_short_and_on_one_line(value: object, words: str) -> None:
    assert shown(value) == words
