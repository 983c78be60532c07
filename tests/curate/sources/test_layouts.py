"""What holds for every known layout: it knows its own rows only, and no row makes it fail."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.sources.record import SourceDrop, SourceRecord
from curate.sources.registry import KNOWN, recognise
from tests.support.layout_examples import EXAMPLES, bench
from tests.support.source_input import MemorySource, in_memory

FORMS = [(name, row) for name, rows in EXAMPLES.items() for row in rows]
IDS = [f"{name}-{number}" for number, (name, _) in enumerate(FORMS)]
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=8)
    | st.binary(max_size=4)
    | st.just(10**400),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)


def places_in(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value inside a row."""
    inside = value.items() if isinstance(value, Mapping) else enumerate(value)
    for key, inner in inside:
        yield (*place, key)
        if isinstance(inner, (Mapping, list)):
            yield from places_in(inner, (*place, key))


def with_value(row: Any, place: tuple[Any, ...], value: Any) -> Any:
    """The row with one value somewhere inside it replaced."""
    copy: Any = dict(row) if isinstance(row, Mapping) else list(row)
    key, *rest = place
    copy[key] = with_value(copy[key], tuple(rest), value) if rest else value
    return copy


@pytest.mark.parametrize(("name", "row"), FORMS, ids=IDS)
def test_rows_of_a_layout_are_recognised_by_it_alone(name: str, row: Mapping[str, Any]) -> None:
    source = in_memory(row)
    assert [known for known, load in KNOWN.items() if load().matches(source)] == [name]


def test_bench_folder_is_recognised_by_its_layout_alone() -> None:
    assert [known for known, load in KNOWN.items() if load().matches(bench())] == ["llava-bench"]


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name != "native"])
def test_one_broken_row_does_not_hide_a_layout(name: str) -> None:
    found = recognise(in_memory({"prompt": 3, "text": None}, *EXAMPLES[name], EXAMPLES[name][0]))
    assert found is not None
    assert found.name == name


def test_nothing_is_recognised_in_rows_of_another_shape() -> None:
    assert recognise(in_memory({"a": 1, "text": "{}"}, {"b": [None]})) is None
    assert recognise(MemorySource({})) is None


@pytest.mark.parametrize("name", KNOWN)
def test_layout_says_its_name_and_what_it_is(name: str) -> None:
    layout = KNOWN[name]()
    assert layout.name == name
    assert layout.about


@pytest.mark.parametrize("name", EXAMPLES)
@given(st.data())
def test_value_of_any_type_in_any_place_is_a_record_or_a_drop(
    name: str, data: st.DataObject
) -> None:
    row = data.draw(st.sampled_from(EXAMPLES[name]))
    place = data.draw(st.sampled_from(list(places_in(row))))
    source = in_memory(with_value(row, place, data.draw(ANYTHING)))
    for item in KNOWN[name]().read(source):
        assert isinstance(item, SourceRecord | SourceDrop)


@pytest.mark.parametrize("name", EXAMPLES)
@given(st.data())
def test_every_row_is_in_a_record_or_a_drop(name: str, data: st.DataObject) -> None:
    columns = sorted({column for row in EXAMPLES[name] for column in row})
    rows = data.draw(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(columns, ANYTHING))))
    layout = KNOWN[name]()
    items = list(layout.read(in_memory(*rows)))
    assert len(items) <= len(rows)
    assert {item.line for item in items} <= set(range(1, len(rows) + 1))
    assert bool(items) == bool(rows)


@given(st.data())
def test_value_of_any_type_in_a_bench_is_a_record_or_a_drop(data: st.DataObject) -> None:
    contents = dict(bench().contents)
    file = data.draw(st.sampled_from(sorted(contents)))
    [row] = contents[file]
    place = data.draw(st.sampled_from(list(places_in(row))))
    contents[file] = [with_value(row, place, data.draw(ANYTHING))]
    for item in KNOWN["llava-bench"]().read(MemorySource(contents)):
        assert isinstance(item, SourceRecord | SourceDrop)
