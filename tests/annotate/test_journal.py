"""Journals: what was committed is read back, a torn tail is no event, a bad line stops."""

import json
import os
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.journal import commit, line_of, longest_line, read, whole_length, write
from schemas.errors import JournalError
from schemas.event import Event
from tests.support.examples import vote
from tests.support.strategies import records


def _journal(folder: Path, content: bytes) -> Path:
    path = folder / "run.jsonl"
    path.write_bytes(content)
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("journals")


@settings(max_examples=50)
@given(events=st.lists(records(Event), max_size=4))
def test_events_are_read_back_in_order(folder: Path, events: list[Event]) -> None:
    file = BytesIO()
    assert write(file, events) == len(events)
    assert list(read(_journal(folder, file.getvalue()))) == events


@given(event=records(Event))
def test_an_event_is_one_line(event: Event) -> None:
    line = line_of(event)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")


def test_what_an_event_does_not_say_is_not_in_its_line() -> None:
    written = json.loads(line_of(vote(1)))
    assert written.keys() == vote(1).model_dump(exclude_defaults=True).keys()
    assert "supersedes" not in written


@given(data=st.data())
def test_a_kill_at_any_byte_loses_only_the_torn_line(folder: Path, data: st.DataObject) -> None:
    lines = [line_of(vote(number)) for number in range(3)]
    whole = b"".join(lines)
    cut = data.draw(st.integers(0, len(whole)))
    path = _journal(folder, whole[:cut])
    kept = [number for number in range(3) if len(b"".join(lines[: number + 1])) <= cut]
    assert list(read(path)) == [vote(number) for number in kept]
    assert whole_length(path) == sum(len(lines[number]) for number in kept)


@pytest.mark.parametrize(
    "bad", [b"", b"{", b"null", b"[]", b'{"event_id": 1}', b"\xff\xfe", b"\x00", b"\xef\xbb\xbf{}"]
)
def test_a_bad_line_stops_with_file_and_line(tmp_path: Path, bad: bytes) -> None:
    path = _journal(tmp_path, line_of(vote(1)) + bad + b"\n" + line_of(vote(2)))
    with pytest.raises(JournalError, match=r"run\.jsonl, line 2: no event"):
        list(read(path))


def test_events_before_a_bad_line_are_given_first(tmp_path: Path) -> None:
    events = read(_journal(tmp_path, line_of(vote(1)) + b"{}\n"))
    assert next(events) == vote(1)
    with pytest.raises(JournalError, match="line 2"):
        next(events)


def test_an_unknown_field_is_a_bad_line(tmp_path: Path) -> None:
    line = line_of(vote(1)).replace(b'"prompt_id"', b'"colour":1,"prompt_id"')
    with pytest.raises(JournalError, match="colour"):
        list(read(_journal(tmp_path, line)))


def test_of_several_faults_of_a_line_the_first_is_named(tmp_path: Path) -> None:
    line = line_of(vote(1)).replace(b'{"event_id"', b'{"event_ids"')
    path = _journal(tmp_path, line.replace(b'"prompt_id"', b'"zzz":1,"prompt_id"'))
    with pytest.raises(JournalError) as found:
        list(read(path))
    assert "(event_id: " in str(found.value)


def test_the_longest_line_of_a_file_of_one_block(tmp_path: Path) -> None:
    assert longest_line(_journal(tmp_path, b"ab\nabcd\na\n")) == len(b"abcd\n")


def test_the_whole_length_of_a_file_without_a_line_is_nought(tmp_path: Path) -> None:
    assert whole_length(_journal(tmp_path, b"")) == 0
    assert whole_length(_journal(tmp_path, b"x" * 200_000)) == 0


@pytest.mark.parametrize("content", [b"\n", b"\nx"])
def test_a_newline_at_the_start_is_found(tmp_path: Path, content: bytes) -> None:
    assert whole_length(_journal(tmp_path, content)) == 1


def test_the_last_newline_is_found_far_from_the_end(tmp_path: Path) -> None:
    path = _journal(tmp_path, b"head\n" + b"x" * 200_000)
    assert whole_length(path) == len(b"head\n")


def test_a_commit_reaches_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[tuple[int, int]] = []
    path = tmp_path / "run.jsonl"
    with path.open("ab") as file:
        monkeypatch.setattr(
            os, "fsync", lambda number: synced.append((number, path.stat().st_size))
        )
        write(file, [vote(1)])
        commit(file)
        assert synced == [(file.fileno(), len(line_of(vote(1))))]


def test_a_second_run_appends(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    for number in (1, 2):
        with path.open("ab") as file:
            write(file, [vote(number)])
            commit(file)
    assert list(read(path)) == [vote(1), vote(2)]


@given(st.lists(st.binary(max_size=40).map(lambda text: text.replace(b"\n", b"")), max_size=8))
def test_the_longest_line_is_found_over_blocks(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]
) -> None:
    path = tmp_path_factory.mktemp("journal") / "a.jsonl"
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("annotate.journal.BLOCK", 7)
        assert longest_line(path) == max((len(line) + 1 for line in lines), default=0)
