"""The law of the containers: whatever the bytes, rows, drops or one SourceError."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from curate.sources.record import Row, SourceDrop, SourceRecord
from schemas.errors import SourceError
from tests.support.sources import items_of, source_of

REASONS = {"bad_json", "bad_encoding", "bad_type"}
PIECES = [b'{"prompt": "a"}', b"{", b"}", b"[", b"]", b'"', b",", b"\n", b"\r", b"\\", b"\0"]
MORE = [b"\xff", b"\xef\xbb\xbf", b"NaN", b"1e999", b" ", b"prompt", b"a,b\n", b'"prompt": "a"']
ANY = st.binary(max_size=200) | st.lists(st.sampled_from(PIECES + MORE)).map(b"".join)


@contextmanager
def only_source_errors(name: str) -> Iterator[None]:
    """Lets a SourceError pass that names the file, and nothing else."""
    try:
        yield
    except SourceError as error:
        if name not in str(error):
            raise


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@given(content=ANY)
@example(content=b"")
@example(content=b'{"a": 1}\r\n\r\n \t\n{"a": 2')
def test_rows_and_drops_account_for_every_line_of_jsonl(folder: Path, content: bytes) -> None:
    path = folder / "data.jsonl"
    path.write_bytes(content)
    lines = content.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    filled = [number for number, line in enumerate(lines, start=1) if line.strip()]
    items = items_of(path)
    assert [item.line for item in items] == filled
    assert all(isinstance(item, Row) or item.reason in REASONS for item in items)


@given(content=ANY, name=st.sampled_from(["data.csv", "data.tsv", "data.json", "data.parquet"]))
def test_any_bytes_give_rows_drops_or_a_source_error(
    folder: Path, content: bytes, name: str
) -> None:
    path = folder / name
    path.write_bytes(content)
    with only_source_errors(name):
        items = items_of(path)
        assert all(isinstance(item, Row) or item.reason in REASONS for item in items)


@given(content=ANY, name=st.sampled_from(["a.jsonl.gz", "a.csv.gz", "a.json.gz"]))
def test_bytes_that_are_no_gzip_are_a_source_error(folder: Path, content: bytes, name: str) -> None:
    path = folder / name
    path.write_bytes(b"\0" + content)
    with pytest.raises(SourceError, match="cannot be read"):
        items_of(path)


@given(content=ANY)
def test_any_bytes_read_as_native_give_records_and_drops_only(folder: Path, content: bytes) -> None:
    from curate.sources.native import LAYOUT

    path = folder / "native.jsonl"
    path.write_bytes(content)
    for item in LAYOUT.read(source_of(path)):
        assert isinstance(item, SourceRecord | SourceDrop)
