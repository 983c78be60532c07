from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.sources.gathering import gathered, media_key
from curate.sources.record import Row, SourceDrop, SourceMedium, SourceRecord
from curate.sources.shaping import BadRowError
from schemas.errors import SourceError
from tests.support.source_input import MemorySource, in_memory


def key_of(row: Row) -> Sequence[Any]:
    if row.values["key"] is None:
        raise BadRowError("no key")
    return (row.values["key"],)


def shape(rows: Sequence[Row]) -> Iterator[SourceRecord]:
    if any(row.values.get("broken") for row in rows):
        raise BadRowError("broken", "contradiction")
    yield SourceRecord(rows[0].line, [], key=",".join(str(row.line) for row in rows))


def read(source: MemorySource) -> list[Any]:
    items = gathered(source, key_of, shape, media=("image",))
    return [item.key if isinstance(item, SourceRecord) else item for item in items]


def test_rows_of_a_key_come_together_wherever_they_stand() -> None:
    rows = [{"key": key} for key in "abacb"]
    assert read(in_memory(*rows)) == ["1,3", "4", "2,5"]


def test_group_does_not_reach_over_two_files() -> None:
    assert read(MemorySource({"1": [{"key": "a"}], "2": [{"key": "a"}]})) == ["1", "1"]


def test_row_that_fits_no_group_is_a_drop_in_its_place() -> None:
    drop, record = read(in_memory({"key": None}, {"key": "a"}))
    assert (drop.line, drop.reason, drop.detail) == (1, "bad_type", "no key")
    assert record == "2"


def test_unreadable_row_is_handed_on_once() -> None:
    torn = SourceDrop(2, "bad_json", "cut off")
    assert read(in_memory({"key": "a"}, torn, {"key": "a"})) == [torn, "1,3"]


def test_group_that_gives_no_record_is_a_drop_for_each_of_its_rows() -> None:
    items = read(in_memory({"key": "a"}, {"key": "a", "broken": True}))
    assert [(item.line, item.reason) for item in items] == [
        (1, "contradiction"),
        (2, "contradiction"),
    ]


def test_waiting_rows_hold_no_media_and_the_last_row_keeps_them() -> None:
    seen: list[list[Any]] = []

    def look(rows: Sequence[Row]) -> Iterator[SourceRecord]:
        seen.append([row.values.get("image") for row in rows])
        yield SourceRecord(1, [])

    rows = [{"key": "a", "image": b"1"}, {"key": "a", "image": b"1"}]
    list(gathered(in_memory(*rows), key_of, look, media=("image",)))
    assert seen == [[None, b"1"]]


def test_file_that_changes_between_its_two_readings_stops_the_pull() -> None:
    class Growing(MemorySource):
        def rows(self, file: str) -> Iterator[Row | SourceDrop]:
            yield from super().rows(file)
            if self.reads[file] > 1:
                yield Row(9, {"key": "new"}, file)

    with pytest.raises(SourceError, match="changed while it was read"):
        read(Growing({"data.jsonl": [{"key": "a"}]}))


@given(st.lists(st.sampled_from("abc")))
def test_every_row_is_in_one_group(keys: list[str]) -> None:
    groups = read(in_memory(*({"key": key} for key in keys)))
    lines = [int(line) for group in groups for line in group.split(",")]
    assert sorted(lines) == list(range(1, len(keys) + 1))
    assert len(groups) == len(set(keys))


def test_media_are_told_apart_by_path_and_by_content() -> None:
    media = [
        SourceMedium(path="a.png"),
        SourceMedium(path="b.png"),
        SourceMedium("video", path="a.png"),
        SourceMedium(path="a.png", data=b"1"),
        SourceMedium(path="a.png", data=b"2"),
    ]
    keys = [repr(media_key([medium])) for medium in media]
    assert len(set(keys)) == len(media)
    assert media_key([SourceMedium(data=b"1")]) == media_key([SourceMedium(data=b"1")])
