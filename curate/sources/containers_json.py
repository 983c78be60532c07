"""A JSON file: a list of objects, or an object with one list; numbered by record from 1.

The file is cut into elements by their brackets, so memory holds one element and not the list, and
an element that is broken is a drop while the next one is read. JSON lines under a `.json` name are
read as what they are.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from curate.sources import containers_jsonl
from curate.sources.containers import BOM, MAX_BYTES, json_row, open_bytes, parse_object
from curate.sources.elements import ElementCutter, NotAListError
from curate.sources.record import Row, SourceDrop
from curate.sources.shaping import BadRowError
from schemas.errors import SourceError

CHUNK = 1024 * 1024


def read(path: Path, file: str) -> Iterator[Row | SourceDrop]:
    """Rows by record number. Raises SourceError where the file holds no list of rows."""
    with open_bytes(path) as stream:
        first = stream.read(CHUNK).removeprefix(BOM)
        if not is_json_lines(first):
            yield from _elements(first, stream, path, file)
            return
    yield from containers_jsonl.read(path, file)


def is_json_lines(first: bytes) -> bool:
    """Whether a file that begins so is JSON lines: a whole object, then another one begun."""
    line, _, rest = first.lstrip().partition(b"\n")
    if not line.startswith(b"{") or not rest.lstrip().startswith(b"{"):
        return False
    try:
        parse_object(line)
    except BadRowError:
        return False
    return True


def _elements(first: bytes, stream: BinaryIO, path: Path, file: str) -> Iterator[Row | SourceDrop]:
    cutter = ElementCutter(MAX_BYTES)
    number = 0
    try:
        chunk = first
        while chunk:
            for element in cutter.feed(chunk):
                number += 1
                yield json_row(element, number, file)
            chunk = stream.read(CHUNK)
        if (broken := cutter.close()) is not None:
            detail = f"the file ends inside this record ({len(broken)} bytes of it)"
            yield SourceDrop(number + 1, "bad_json", detail, file)
    except NotAListError as error:
        raise SourceError(
            f"{path}: {error}", "a .json file is a list of objects, or an object with one list"
        ) from error
