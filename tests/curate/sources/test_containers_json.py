import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.sources import containers_json
from curate.sources.containers import TooLong
from curate.sources.elements import ElementCutter, NotAListError
from schemas.errors import SourceError
from tests.support.sources import drops_of, items_of, values_of

ROWS = [{"prompt": 'a "quoted", [bracketed] {braced}\\', "n": [1, {"m": 2}]}, {"prompt": "é\n"}]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "data.json"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("indent", [None, 2])
def test_list_of_objects_is_read_by_record_number(tmp_path: Path, indent: int | None) -> None:
    items = items_of(written(tmp_path, json.dumps(ROWS, indent=indent)))
    assert values_of(items) == ROWS
    assert [item.line for item in items] == [1, 2]


def test_object_with_one_list_is_that_list(tmp_path: Path) -> None:
    whole = {"version": 1, "meta": {"tags": ["a", "b"]}, "data": ROWS, "end": "]"}
    assert values_of(items_of(written(tmp_path, json.dumps(whole)))) == ROWS


def test_json_lines_under_a_json_name_are_read_as_lines(tmp_path: Path) -> None:
    text = "\n".join(json.dumps({"prompt": "a", "responses": [{"text": str(n)}]}) for n in (1, 2))
    items = items_of(written(tmp_path, text))
    assert [row["responses"][0]["text"] for row in values_of(items)] == ["1", "2"]


def test_broken_element_is_a_drop_and_the_next_one_is_read(tmp_path: Path) -> None:
    text = b'[{"n": 1}, {"n": }, {"n": "\xff"}, 7, {"n": 5, "n": 5}, , {"n": 7}]'
    items = items_of(written(tmp_path, text))
    assert values_of(items) == [{"n": 1}, {"n": 7}]
    assert drops_of(items) == [
        (2, "bad_json"),
        (3, "bad_encoding"),
        (4, "bad_type"),
        (5, "bad_json"),
        (6, "bad_json"),
    ]


def test_list_that_was_cut_off_keeps_what_came_before(tmp_path: Path) -> None:
    items = items_of(written(tmp_path, '[{"n": 1}, {"n": 2}, {"n": "th'))
    assert values_of(items) == [{"n": 1}, {"n": 2}]
    assert drops_of(items) == [(3, "bad_json")]


def test_byte_order_mark_is_skipped(tmp_path: Path) -> None:
    assert values_of(items_of(written(tmp_path, b'\xef\xbb\xbf[{"n": 1}]'))) == [{"n": 1}]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ('{"a": [{}], "b": [{}]}', "several lists"),
        ('{"a": 1}', "without a list"),
        ('"text"', "begins with"),
        ("7", "begins with"),
        ("[{}] [{}]", "more text after its end"),
        ("[{}]}", "more text after its end"),
        ('{"a": {"b": 1', "breaks off before any list"),
        ("   ", "nothing in it"),
        (b"\x89PNG\r\n", "begins with"),
    ],
)
def test_text_that_is_no_list_stops_with_the_file(
    tmp_path: Path, content: str | bytes, what: str
) -> None:
    with pytest.raises(SourceError, match=rf"data\.json: .*{what}.*a list of objects"):
        items_of(written(tmp_path, content))


def test_empty_list_has_no_rows(tmp_path: Path) -> None:
    assert items_of(written(tmp_path, "[ ]")) == []


def test_element_over_the_limit_is_known_by_its_size_only() -> None:
    cutter = ElementCutter(limit=20)
    found = list(cutter.feed(b'[{"n": 1}, {"n": "' + b"x" * 50))
    found += cutter.feed(b'"}, {"n": 3}]')
    assert found == [b'{"n": 1}', TooLong(60), b'{"n": 3}']
    assert cutter.close() is None


@given(st.lists(JSON, max_size=5), st.integers(1, 7), st.booleans())
def test_elements_do_not_depend_on_where_the_chunks_are_cut(
    values: list[object], size: int, wrapped: object
) -> None:
    text = json.dumps({"a": {}, "data": values, "b": "["} if wrapped else values).encode()
    cutter = ElementCutter(limit=10_000)
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    found = [element for piece in pieces for element in cutter.feed(piece)]
    assert [json.loads(one) for one in found if isinstance(one, bytes)] == values
    assert cutter.close() is None


def cut(content: bytes, size: int) -> list[object]:
    """What comes of the content in chunks of a size: elements, what is left, or the refusal."""
    cutter = ElementCutter(limit=20)
    found: list[object] = []
    try:
        for start in range(0, len(content), size):
            found += cutter.feed(content[start : start + size])
        return [*found, cutter.close()]
    except NotAListError as error:
        return [*found, str(error)]


PIECES = [b"[", b"]", b"{", b"}", b",", b'"', b"\\", b" ", b'"a"', b"x" * 15, b'{"a": [1, "]"]}']


@given(st.lists(st.sampled_from(PIECES)).map(b"".join) | st.binary(max_size=60), st.integers(1, 5))
def test_any_bytes_are_cut_or_refused_alike_in_chunks_of_any_size(
    content: bytes, size: int
) -> None:
    assert cut(content, size) == cut(content, len(content) + 1)


def test_chunks_of_the_file_are_joined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers_json, "CHUNK", 7)
    assert values_of(items_of(written(tmp_path, json.dumps(ROWS)))) == ROWS
