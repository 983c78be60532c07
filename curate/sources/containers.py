"""What the containers share: opening bytes, lines under a size limit, one JSON text as a row."""

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from curate.sources.record import Row, SourceDrop
from curate.sources.shaping import BadRowError, shown

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 100
MAX_DIGITS = 300
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class TooLong:
    """What was longer than the limit and is gone: its size in bytes."""

    size: int


def open_bytes(path: Path) -> BinaryIO:
    """The file's bytes, unpacked where its name ends in `.gz`."""
    if path.suffix.lower() == ".gz":
        return cast("BinaryIO", gzip.open(path, "rb"))
    return path.open("rb")


def bounded_lines(stream: BinaryIO, limit: int = MAX_BYTES) -> Iterator[bytes | TooLong]:
    """Lines with their ends; of a line over `limit` bytes only the size is kept."""
    first = True
    while line := stream.readline(limit + 1):
        if first:
            line = line.removeprefix(BOM)
            first = False
        if len(line) <= limit or line.endswith(b"\n"):
            yield line
        else:
            yield TooLong(len(line) + _skip_line(stream))


def _skip_line(stream: BinaryIO) -> int:
    """Read on to the line's end, in pieces; returns the bytes passed over."""
    size = 0
    while piece := stream.readline(1024 * 1024):
        size += len(piece)
        if piece.endswith(b"\n"):
            break
    return size


def json_row(raw: bytes | TooLong, line: int, file: str) -> Row | SourceDrop:
    """One JSON text as a row, or as the drop that says what is wrong with it."""
    try:
        return Row(line, parse_object(raw), file)
    except BadRowError as error:
        return SourceDrop(line, error.reason, error.detail, file)


def parse_object(raw: bytes | TooLong) -> Mapping[str, Any]:
    """The JSON object of a text. Raises BadRowError: bad_json, bad_encoding or bad_type.

    NaN and Infinity are read as the numbers they name, as Python and pandas write them. A key that
    stands twice is refused: either value could be meant.
    """
    if isinstance(raw, TooLong):
        raise BadRowError(f"{raw.size} bytes in one row, over the limit of {MAX_BYTES}", "bad_json")
    try:
        value = json.loads(raw.decode("utf-8"), object_pairs_hook=_object, parse_int=_whole)
    except UnicodeDecodeError as error:
        detail = f"byte {error.start + 1} (0x{raw[error.start]:02x}) is not UTF-8"
        raise BadRowError(detail, "bad_encoding") from error
    except json.JSONDecodeError as error:
        raise BadRowError(f"{error.msg} at character {error.pos + 1}", "bad_json") from error
    except RecursionError as error:
        raise BadRowError(f"nested deeper than {MAX_DEPTH} levels", "bad_json") from error
    if not isinstance(value, dict):
        raise BadRowError(f"a row is an object, this is {type(value).__name__} {shown(value)}")
    if _deeper_than(value, MAX_DEPTH):
        raise BadRowError(f"nested deeper than {MAX_DEPTH} levels", "bad_json")
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise BadRowError(f"key {shown(key)} stands twice in one object", "bad_json")
            seen.add(key)
    return made


def _whole(digits: str) -> int:
    # A longer one cannot become a float, and int() itself refuses from 4,300 digits on.
    if len(digits) > MAX_DIGITS:
        raise BadRowError(f"a number of {len(digits)} digits", "bad_json")
    return int(digits)


def _deeper_than(value: Any, levels: int) -> bool:
    level = [value]
    for _ in range(levels):
        children = [
            child
            for parent in level
            for child in (parent.values() if isinstance(parent, dict) else parent)
        ]
        level = [child for child in children if isinstance(child, (dict, list))]
        if not level:
            return False
    return True
