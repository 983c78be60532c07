"""Source files made for a test, and what was read of them."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from curate.sources.files import FileSource, open_path
from curate.sources.record import Row, SourceDrop, SourceMedium, SourceRecord, SourceTurn

Item = Row | SourceRecord | SourceDrop


def lines_file(folder: Path, rows: Iterable[Any], name: str = "data.jsonl") -> Path:
    """A JSON lines file of the rows; bytes are written as they are."""
    path = folder / name
    texts = (row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows)
    path.write_bytes(b"".join(text + b"\n" for text in texts))
    return path


def source_of(path: Path, container: str | None = None) -> FileSource:
    """The path opened as a source of files."""
    source = open_path(path, container, None)
    assert isinstance(source, FileSource)
    return source


def items_of(path: Path, container: str | None = None) -> list[Row | SourceDrop]:
    """Every row and drop of every file."""
    source = source_of(path, container)
    return [item for file in source.files for item in source.rows(file)]


def values_of(items: Iterable[Item]) -> list[Mapping[str, Any]]:
    """The values of the rows among the items."""
    return [item.values for item in items if isinstance(item, Row)]


def drops_of(items: Iterable[Item]) -> list[tuple[int | None, str]]:
    """Line and reason of the drops among the items."""
    return [(item.line, item.reason) for item in items if isinstance(item, SourceDrop)]


def only_record(items: Iterable[Item]) -> SourceRecord:
    """The one record that came."""
    [item] = items
    assert isinstance(item, SourceRecord), item
    return item


def only_drop(items: Iterable[Item]) -> SourceDrop:
    """The one drop that came."""
    [item] = items
    assert isinstance(item, SourceDrop), item
    return item


def seen(turns: Iterable[SourceTurn]) -> list[tuple[str, list[str]]]:
    """Turns for reading: texts as they are, media as `[kind path]`."""
    return [(turn.role, [_seen(part) for part in turn.parts]) for turn in turns]


def _seen(part: str | SourceMedium) -> str:
    return part if isinstance(part, str) else f"[{part.kind} {part.path}]"
