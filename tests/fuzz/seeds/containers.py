"""Files of rows, whole and broken."""

import gzip
import json
from collections.abc import Callable, Iterator, Mapping

import pyarrow as pa

from tests.fuzz.seeds.rows import layout_rows
from tests.fuzz.tables import parquet_bytes
from tests.fuzz.values import bytes_of
from tests.fuzz.words import WORDS

Seeds = Iterator[bytes]


def _lines() -> Seeds:
    for rows in layout_rows().values():
        yield b"".join(json.dumps(row, default=str).encode() + b"\n" for row in rows)
    yield b'\xef\xbb\xbf{"prompt": "\xc3\xa9"}\n\n{"prompt": NaN}\n{"a": 1, "a": 2}\n[1]'
    yield b'{"a": "\xff"}\n{"a": 1e999, "b": "\\ud800"}\n{'


def _lists() -> Seeds:
    for rows in layout_rows().values():
        yield json.dumps(rows, default=str).encode()
    yield b'{"data": [{"a": {"b": [1, "]", "\\\\\\""]}}, 2, null], "version": {"of": 3}}'
    yield b'[{"a": 1}, {"a": 1, "a": 2}, {"a": [[[1e400]]]}'


def _csv() -> Seeds:
    yield b'prompt,response,"two\nlines"\r\n"a ""b""",c,d\n1,2\n\n\xff,b,c\n"open'
    yield b"\xef\xbb\xbfprompt\tresponse\na\tb\n"
    yield b"a,a\n1,2\n"


def _gz() -> Seeds:
    yield from (b"z" + seed for seed in (b"", b'{"prompt": "a"}\n'))
    yield gzip.compress(b'{"prompt": "a"}\n', mtime=0)


def _tables() -> Seeds:
    yield parquet_bytes(pa.table({"prompt": ["a", "b"], "responses": [["x"], None]}))
    yield bytes_of([{"prompt": "a", "attributes": {"n": 1}}, {"prompt": None}], WORDS["layouts"])


SEEDS: Mapping[str, Callable[[], Seeds]] = {
    "jsonl": _lines,
    "json": _lists,
    "csv": _csv,
    "gz": _gz,
    "parquet": _tables,
}
