from typing import Any

import pytest

from curate.sources.columns import (
    MISSING,
    check_columns,
    check_fields,
    column_names,
    columns_of,
    lookup,
)
from schemas.errors import SourceError, UsageError


@pytest.mark.parametrize(
    ("column", "found"),
    [
        ("a", 1),
        ("s.b", 2),
        ("s.t.c", 3),
        ("dotted.name", 4),
        ("dotted.deep.d", 5),
        ("null", None),
        ("none", MISSING),
        ("s.none", MISSING),
        ("a.b", MISSING),
        ("null.b", MISSING),
    ],
)
def test_dots_reach_into_structs_unless_a_column_has_the_name(column: str, found: Any) -> None:
    values = {
        "a": 1,
        "s": {"b": 2, "t": {"c": 3}},
        "dotted.name": 4,
        "dotted.deep": {"d": 5},
        "null": None,
    }
    assert lookup(values, column) == found


def test_several_columns_are_joined_by_plus() -> None:
    assert columns_of("a + b+c.d") == ["a", "b", "c.d"]


@pytest.mark.parametrize(
    ("field_map", "what"),
    [
        ({"promp": "q"}, "field 'promp' unknown; did you mean 'prompt'"),
        ({"attributes.": "q"}, "unknown"),
        ({"prompt": " + "}, "no column named"),
        ({"attributes": "a++b"}, "no column named"),
        ({"prompt": "a+b"}, "prompt takes one column"),
        ({"prompt": "a", "messages": "b"}, "both prompt and messages"),
        ({"response": "a", "responses": "b"}, "both response and responses"),
        ({"image": "a", "images": "b"}, "both image and images"),
    ],
)
def test_map_that_is_wrong_in_itself_is_a_usage_error(field_map: dict[str, str], what: str) -> None:
    with pytest.raises(UsageError, match=what):
        check_fields(field_map)


def test_map_of_every_field_holds() -> None:
    check_fields({"prompt": "q", "responses": "a+b", "attributes": "c+d", "attributes.x": "e"})


def test_column_that_no_row_has_is_named_with_those_that_exist() -> None:
    heads = [{"question": "a", "meta": {"category": "x"}}]
    with pytest.raises(SourceError) as raised:
        check_columns({"prompt": "questn"}, heads)
    text = str(raised.value)
    assert "'questn'; did you mean 'question'" in text
    assert "columns: question, meta, meta.category" in text


def test_column_that_some_row_has_is_enough() -> None:
    check_columns({"prompt": "q", "image": "i"}, [{"q": "a"}, {"q": "b", "i": None}])


def test_names_of_columns_come_in_the_order_met() -> None:
    assert column_names([{"b": 1}, {"a": {"x": 1}, "b": 2}]) == ["b", "a", "a.x"]
