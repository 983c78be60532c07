"""Ids of events are read from journals as they lie, torn ends and sealed files included."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from annotate.journal import line_of
from curate.pull.event_ids import event_ids, write_event_ids
from schemas.arrow import to_table
from schemas.base import content_id
from schemas.errors import JournalError
from schemas.event import Event, Rater
from tests.support.pulling import NOW


def event(name: str) -> Event:
    return Event(
        event_id=content_id(name), at=NOW, prompt_id="0" * 32, rater=Rater(kind="human", id=name)
    )


def test_ids_of_our_own_lines_and_of_lines_in_another_order(tmp_path: Path) -> None:
    other = b'{"at": "2026-01-01T00:00:00Z", "event_id": "' + content_id("b").encode() + b'"}\n'
    (tmp_path / "a.jsonl").write_bytes(line_of(event("a")) + other)
    assert list(event_ids(tmp_path / "a.jsonl")) == [content_id("a"), content_id("b")]


def test_torn_end_is_no_event(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(line_of(event("a")) + line_of(event("b"))[:-1])
    assert list(event_ids(tmp_path / "a.jsonl")) == [content_id("a")]


@pytest.mark.parametrize("line", [b"{}", b"[1]", b"no json", b'"x"', b"\xff", b'{"a":' * 5000])
def test_line_without_an_id_stops_with_file_and_line(tmp_path: Path, line: bytes) -> None:
    (tmp_path / "a.jsonl").write_bytes(line_of(event("a")) + line + b"\n")
    with pytest.raises(JournalError, match=r"a\.jsonl, line 2"):
        list(event_ids(tmp_path / "a.jsonl"))


def test_journals_of_both_kinds_become_one_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("curate.pull.event_ids.CHUNK", 2)
    names = ["a", "b", "c", "d", "e"]
    (tmp_path / "a.jsonl").write_bytes(b"".join(line_of(event(name)) for name in names[:3]))
    pq.write_table(to_table([event(name) for name in names[3:]], Event), tmp_path / "b.parquet")
    write_event_ids([tmp_path / "a.jsonl", tmp_path / "b.parquet"], tmp_path / "ids")
    found = pq.read_table(tmp_path / "ids").column("event_id").to_pylist()
    assert found == [content_id(name) for name in names]


def test_no_journals_are_an_empty_table(tmp_path: Path) -> None:
    write_event_ids([], tmp_path / "ids")
    assert pq.read_table(tmp_path / "ids").num_rows == 0
