"""Files of a source as rows: what stands in one is a row or a drop, or the file is refused."""

import gzip
import json
from collections.abc import Callable
from itertools import pairwise

import pyarrow.parquet as pq

from curate.sources.files import open_path
from curate.sources.record import Row, SourceDrop
from schemas.errors import SourceError
from tests.fuzz.laws import SCRATCH, holds, is_told, known_reasons
from tests.fuzz.tables import parquet_file

Items = list[Row | SourceDrop]


def jsonl(data: bytes) -> None:
    """A line that is not blank is a row or a drop, and nothing stops the reader."""
    items = _items("data.jsonl", data)
    holds(items is not None)
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    filled = [number for number, line in enumerate(lines, start=1) if line.strip()]
    holds([item.line for item in items or ()] == filled)


def json_list(data: bytes) -> None:
    """What Python reads as a list has a row or a drop an element; no element is lost."""
    items = _items("data.json", data)
    value = _python_reads(data)
    if isinstance(value, list):
        holds(items is not None and len(items) == len(value), len(value))
        for item, element in zip(items or (), value, strict=True):
            holds(isinstance(item, SourceDrop) or repr(item.values) == repr(element), item)
    if items is not None:
        holds([item.line for item in items] == list(range(1, len(items) + 1)))


def csv(data: bytes) -> None:
    """Records come in order, each row has every column of the header."""
    items = _items("data.csv", data) or []
    lines = [item.line or 0 for item in items]
    holds(all(one < other for one, other in pairwise(lines)), lines)
    rows = [item for item in items if isinstance(item, Row)]
    holds(len({tuple(row.values) for row in rows}) <= 1)
    holds(all(isinstance(text, str) for row in rows for text in row.values.values()))


def gz(data: bytes) -> None:
    """An archive of lines reads as the lines do, or is refused as a whole."""
    wrapped = gzip.compress(data[1:], 1, mtime=0) if data[:1] == b"z" else data
    items = _items("data.jsonl.gz", wrapped)
    if data[:1] == b"z":
        holds(items == _items("data.jsonl.gz", wrapped))
        holds(items is not None)


def parquet(data: bytes) -> None:
    """Every row of a table is a row or a drop; a file that is no table is refused."""
    path = parquet_file(data, "data.parquet")
    if path is None:
        return
    items = _read(path.name)
    if items is not None:
        holds(len(items) == pq.ParquetFile(path).metadata.num_rows)


def _items(name: str, data: bytes) -> Items | None:
    SCRATCH.file(name, data)
    return _read(name)


def _read(name: str) -> Items | None:
    """The rows and drops of a file; None where it is refused as a whole."""
    try:
        source = open_path(SCRATCH.folder / name, None, None)
        items = [item for file in source.files for item in source.rows(file)]
    except SourceError as error:
        is_told(error)
        return None
    known_reasons(item.reason for item in items if isinstance(item, SourceDrop))
    return items


def _python_reads(data: bytes) -> object:
    try:
        return json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        return None


TARGETS: dict[str, Callable[[bytes], None]] = {
    "jsonl": jsonl,
    "json": json_list,
    "csv": csv,
    "gz": gz,
    "parquet": parquet,
}
