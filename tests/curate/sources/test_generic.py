from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.sources.columns import models_of
from curate.sources.generic import (
    checked_map,
    layout,
    mapped_layout,
    record_of,
    unread_columns,
)
from curate.sources.record import Row, SourceMedium, SourceRecord
from curate.sources.shaping import BadRowError
from schemas.errors import SourceError, UsageError
from tests.support.sources import drops_of, lines_file, only_record, seen, source_of


def record(values: dict[str, Any], field_map: dict[str, str], root: Path = Path()) -> SourceRecord:
    return record_of(Row(1, values), field_map, root)


def texts(found: SourceRecord) -> list[Any]:
    return [answer.text for answer in found.responses]


def bad(values: dict[str, Any], field_map: dict[str, str]) -> str:
    with pytest.raises(BadRowError) as raised:
        record(values, field_map)
    assert raised.value.reason == "bad_type"
    return raised.value.detail


def test_every_field_is_read_from_its_column(tmp_path: Path) -> None:
    values = {
        "q": "What <image>?",
        "data": {"pic": "1.png"},
        "clip": "c.mp4",
        "a": "A cup.",
        "m": "model-a",
        "gold": "Cup.",
        "id": 7,
        "meta": {"level": 2, "note": None},
        "cat": "count",
    }
    field_map = {
        "prompt": "q",
        "image": "data.pic",
        "video": "clip",
        "response": "a",
        "model": "m",
        "reference": "gold",
        "key": "id",
        "attributes": "meta",
        "attributes.category": "cat",
    }
    found = record(values, field_map, tmp_path)
    assert seen(found.turns) == [("user", ["[video c.mp4]", "What ", "[image 1.png]", "?"])]
    assert (texts(found), found.responses[0].model) == (["A cup."], "model-a")
    assert (found.reference, found.key) == ("Cup.", "7")
    assert found.attributes == {"level": "2", "category": "count"}


def test_row_without_the_answers_column_is_a_prompt() -> None:
    assert texts(record({"q": "Why?"}, {"prompt": "q", "response": "a"})) == []
    assert texts(record({"q": "Why?"}, {"prompt": "q", "responses": "a"})) == []
    assert texts(record({"q": "Why?", "a": "x"}, {"prompt": "q"})) == []


def test_null_in_the_answers_column_is_an_answer_without_text() -> None:
    assert texts(record({"q": "Why?", "a": None}, {"prompt": "q", "response": "a"})) == [None]
    assert texts(record({"q": "Why?", "a": None}, {"prompt": "q", "responses": "a"})) == [None]


def test_answers_may_be_texts_or_objects_with_their_models() -> None:
    answers = ["x", {"text": "y", "model": "a"}, {"response": "z"}, {"content": None}, 7]
    found = record({"q": "Why?", "a": answers}, {"prompt": "q", "responses": "a"})
    assert texts(found) == ["x", "y", "z", None, 7]
    assert found.responses[1].model == "a"


def test_several_columns_are_several_answers() -> None:
    values = {"q": "Why?", "a": "x", "b": None}
    assert texts(record(values, {"prompt": "q", "responses": "a+b+c"})) == ["x", None]


def test_one_model_is_for_all_answers_and_a_list_for_one_each() -> None:
    values = {"q": "?", "a": ["x", {"text": "y", "model": "own"}], "m": "all", "ms": ["1", "2"]}
    for column, models in (("m", ["all", "own"]), ("ms", ["1", "own"])):
        found = record(values, {"prompt": "q", "responses": "a", "model": column})
        assert [answer.model for answer in found.responses] == models


def test_lists_may_be_json_text_where_the_container_has_none() -> None:
    values = {
        "m": '[{"role": "user", "content": "Hi"}]',
        "r": '["a", "b"]',
        "i": '["1.png", "2.png"]',
    }
    found = record(values, {"messages": "m", "responses": "r", "images": "i"})
    assert seen(found.turns) == [("user", ["[image 1.png]", "[image 2.png]", "Hi"])]
    assert texts(found) == ["a", "b"]


def test_blank_cells_of_a_table_are_absent_but_for_texts() -> None:
    values = {"q": "", "i": "", "g": "", "k": "", "c": "", "m": "", "a": ""}
    field_map = {
        "prompt": "q",
        "image": "i",
        "reference": "g",
        "key": "k",
        "attributes": "c",
        "response": "a",
        "model": "m",
    }
    found = record(values, field_map)
    assert (seen(found.turns), texts(found)) == ([("user", [])], [""])
    assert (found.reference, found.key, found.attributes) == (None, None, {})
    assert found.responses[0].model is None


def test_pictures_of_several_columns_and_kinds_are_taken_in_order() -> None:
    values = {"q": "?", "a": {"bytes": b"x", "path": None}, "b": ["1.png", b"y"]}
    parts = record(values, {"prompt": "q", "images": "a+b+c"}).turns[0].parts
    assert parts[:3] == [
        SourceMedium("image", data=b"x"),
        SourceMedium("image", "1.png"),
        SourceMedium("image", data=b"y"),
    ]


def test_conversation_that_ends_with_an_answer_has_it_as_reference() -> None:
    turns = [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello"}]
    found = record({"c": turns}, {"messages": "c"})
    assert (seen(found.turns), found.reference) == ([("user", ["Hi"])], "Hello")
    assert found.responses == []


def test_conversation_may_not_end_with_an_answer_beside_a_mapped_one() -> None:
    turns = [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello"}]
    values = {"c": turns, "a": "Yes", "g": "No"}
    for field, column in (("response", "a"), ("reference", "g")):
        assert "beside the mapped one" in bad(values, {"messages": "c", field: column})


def test_answer_alone_is_no_conversation() -> None:
    with pytest.raises(BadRowError) as raised:
        record({"c": [{"from": "gpt", "value": "Hello"}]}, {"messages": "c"})
    assert raised.value.reason == "empty_prompt"


def test_instruction_of_the_system_alone_is_no_prompt() -> None:
    assert "not the user" in bad({"c": [{"role": "system", "content": "s"}]}, {"messages": "c"})


@pytest.mark.parametrize(
    ("values", "field_map", "what"),
    [
        ({"q": 7}, {"prompt": "q"}, "prompt (q) is int 7"),
        ({"q": "hello"}, {"messages": "q"}, "messages is str 'hello', not a list or the JSON"),
        ({"q": '{"a": 1}'}, {"messages": "q"}, "messages is dict"),
        ({"q": "?", "a": "x"}, {"prompt": "q", "responses": "a"}, "responses (a) is str 'x'"),
        ({"q": "?", "a": [{"b": 1}]}, {"prompt": "q", "responses": "a"}, "a[0] has no text"),
        ({"q": "?", "i": 7}, {"prompt": "q", "image": "i"}, "i is int 7"),
        ({"q": "?", "g": ["x"]}, {"prompt": "q", "reference": "g"}, "reference (g) is list"),
        ({"q": "?", "c": b"x"}, {"prompt": "q", "attributes.c": "c"}, "attributes.c is bytes"),
        (
            {"q": "?", "a": ["x"], "m": ["1", "2"]},
            {"prompt": "q", "responses": "a", "model": "m"},
            "2 models for 1 answer",
        ),
    ],
)
def test_mapped_value_of_the_wrong_type_is_named(
    values: dict[str, Any], field_map: dict[str, str], what: str
) -> None:
    assert what in bad(values, field_map)


def test_missing_prompt_is_a_turn_without_parts() -> None:
    assert seen(record({}, {"prompt": "q"}).turns) == [("user", [])]


def test_missing_messages_are_an_empty_prompt() -> None:
    with pytest.raises(BadRowError) as raised:
        record({}, {"messages": "m"})
    assert raised.value.reason == "empty_prompt"


def test_bad_rows_are_drops_and_reading_goes_on(tmp_path: Path) -> None:
    source = source_of(lines_file(tmp_path, [{"q": "a"}, {"q": 7}, b"{", {"q": "b"}]))
    items = list(mapped_layout("jsonl", {"prompt": "q"}).read(source))
    assert drops_of(items) == [(2, "bad_type"), (3, "bad_json")]
    assert len(items) == 4


def test_layout_without_a_map_proposes_one(tmp_path: Path) -> None:
    source = source_of(lines_file(tmp_path, [{"question": "Why?", "model_id": "m"}]))
    assert layout("jsonl").matches(source)
    assert seen(only_record(layout("jsonl").read(source)).turns) == [("user", ["Why?"])]


def test_map_without_a_prompt_is_completed_by_the_proposal(tmp_path: Path) -> None:
    source = source_of(lines_file(tmp_path, [{"question": "Why?", "said": "x"}]))
    assert checked_map(source, {"response": "said"}) == {"prompt": "question", "response": "said"}


def test_column_that_is_in_later_files_only_is_found(tmp_path: Path) -> None:
    lines_file(tmp_path, [{"q": "a"}], "1.jsonl")
    lines_file(tmp_path, [{"q": "b", "a": "x"}], "2.jsonl")
    field_map = {"prompt": "q", "response": "a"}
    assert checked_map(source_of(tmp_path), field_map) == field_map


def test_wrong_map_stops_before_any_row(tmp_path: Path) -> None:
    source = source_of(lines_file(tmp_path, [{"q": "a"}]))
    with pytest.raises(UsageError, match="unknown"):
        checked_map(source, {"promp": "q"})
    with pytest.raises(SourceError, match="no row among the first 1 has the column 'x'"):
        checked_map(source, {"prompt": "x"})


def test_source_of_unreadable_rows_says_what_is_wrong_with_the_first(tmp_path: Path) -> None:
    source = source_of(lines_file(tmp_path, [b"{"]))
    with pytest.raises(SourceError, match=r"line 1 of data\.jsonl: Expecting"):
        checked_map(source, None)


SCALAR = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary()
VALUE = st.recursive(
    SCALAR,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["role", "content", "from", "value", "text", "type", "bytes", "path"]),
            inner,
        )
    ),
    max_leaves=8,
)
COLUMNS = ("a", "b", "c", "d", "e", "f", "g")


@given(st.dictionaries(st.sampled_from(COLUMNS), VALUE), st.booleans(), st.booleans())
def test_any_values_give_a_record_or_a_bad_row(
    values: dict[str, Any], conversation: object, several: object
) -> None:
    field_map = {
        "messages" if conversation else "prompt": "a",
        "responses" if several else "response": "b",
        "model": "c",
        "images": "d",
        "video": "e",
        "reference": "f",
        "attributes": "g",
        "key": "g",
    }
    with suppress(BadRowError):
        assert record(values, field_map).turns[-1].role == "user"


OWN = {
    "question": "Why?",
    "picture": "a.png",
    "outputs": ["A.", "B."],
    "code": "q1",
    "topic": "why",
}


@pytest.mark.parametrize(
    ("given_map", "used"),
    [
        ({}, {"prompt": "question", "images": "picture", "responses": "outputs"}),
        (
            {"key": "code", "attributes": "topic"},
            {
                "prompt": "question",
                "images": "picture",
                "responses": "outputs",
                "key": "code",
                "attributes": "topic",
            },
        ),
        ({"prompt": "topic"}, {"prompt": "topic", "images": "picture", "responses": "outputs"}),
        ({"response": "topic"}, {"prompt": "question", "images": "picture", "response": "topic"}),
        ({"image": "code"}, {"prompt": "question", "image": "code", "responses": "outputs"}),
        ({"images": ""}, {"prompt": "question", "responses": "outputs"}),
        (
            {"reference": "outputs"},
            {"prompt": "question", "images": "picture", "reference": "outputs"},
        ),
    ],
)
def test_a_map_goes_before_what_is_proposed_for_the_rest(
    tmp_path: Path, given_map: dict[str, str], used: dict[str, str]
) -> None:
    assert checked_map(source_of(lines_file(tmp_path, [OWN])), given_map) == used


def test_a_model_is_not_proposed_where_no_answer_is_read(tmp_path: Path) -> None:
    row = {"question": "Why?", "model": "m", "output": "So."}
    source = source_of(lines_file(tmp_path, [row]))
    assert checked_map(source, {"response": ""}) == {"prompt": "question"}
    assert checked_map(source, {"key": "model"}) == {
        "prompt": "question",
        "response": "output",
        "key": "model",
    }


def test_columns_that_no_field_takes_are_named(tmp_path: Path) -> None:
    row = {**OWN, "meta": {"level": 2}, "sample": {"a": 1}}
    source = source_of(lines_file(tmp_path, [row, {"question": "And?", "late": 1}]))
    used = checked_map(source, {"attributes": "meta.level"})
    assert unread_columns(source, used) == ["code", "topic", "sample", "late"]


def test_a_column_for_each_model_gives_its_answers_their_models() -> None:
    values = {"q": "Why?", "answer_llava": "A.", "answer_qwen": "B.", "answer_intern_vl": None}
    columns = "answer_llava+answer_qwen+answer_intern_vl"
    found = record(values, {"prompt": "q", "responses": columns}).responses
    assert [(it.text, it.model) for it in found] == [
        ("A.", "llava"),
        ("B.", "qwen"),
        (None, "intern_vl"),
    ]


@pytest.mark.parametrize(
    ("columns", "models"),
    [
        (["response_a", "response_b"], [None, None]),
        (["answer1", "answer2"], [None, None]),
        (["llava", "qwen"], ["llava", "qwen"]),
        (["answer", "answer_qwen"], ["answer", "answer_qwen"]),
        (["a.one", "a.two"], ["one", "two"]),
        (["gpt-4o", "gpt-4o-mini"], ["4o", "4o-mini"]),
    ],
)
def test_models_are_named_by_what_their_columns_do_not_share(
    columns: list[str], models: list[str | None]
) -> None:
    assert models_of(columns) == models


def test_a_mapped_model_goes_before_the_names_of_columns() -> None:
    values = {"q": "Why?", "x": "A.", "y": "B.", "who": ["one", "two"]}
    found = record(values, {"prompt": "q", "responses": "x+y", "model": "who"}).responses
    assert [it.model for it in found] == ["one", "two"]
