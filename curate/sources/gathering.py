"""Rows that belong to one prompt, gathered into one group wherever they stand in their file.

The file is read twice: once to learn where each group ends, once to give every group as soon as it
is whole. The index holds 16 bytes a group, rows wait without their media (the last one keeps
them), and where groups are contiguous a single one waits at a time.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from curate.sources.base import Records, SourceInput
from curate.sources.record import Row, SourceDrop, SourceMedium, SourceRecord
from curate.sources.shaping import BadRowError
from schemas.errors import SourceError

KeyOf = Callable[[Row], Sequence[Any]]
Shape = Callable[[Sequence[Row]], Iterable[SourceRecord | SourceDrop]]


def gathered(source: SourceInput, key_of: KeyOf, shape: Shape, media: Sequence[str]) -> Records:
    """What `shape` makes of each group of rows with an equal key, in the order the groups end.

    `key_of` raises BadRowError for a row that fits no group. `media` names the columns that only
    the last row of a group keeps; they must be part of the key.
    """
    for file in source.files:
        last = _last_rows(source, file, key_of)
        waiting: dict[bytes, list[Row]] = {}
        for number, row in enumerate(source.rows(file)):
            key = row if isinstance(row, SourceDrop) else _key(row, key_of)
            if isinstance(key, SourceDrop):
                yield key
            elif isinstance(row, Row) and last.get(key) != number:
                waiting.setdefault(key, []).append(_without(row, media))
            elif isinstance(row, Row):
                yield from _group([*waiting.pop(key, []), row], shape)
        if waiting:
            raise SourceError(f"{file} changed while it was read", "pull it again")


def media_key(media: Iterable[SourceMedium]) -> list[Any]:
    """What tells media apart within a key: path and content."""
    return [
        (medium.kind, medium.path, medium.data and hashlib.sha256(medium.data).digest())
        for medium in media
    ]


def _last_rows(source: SourceInput, file: str, key_of: KeyOf) -> dict[bytes, int]:
    last: dict[bytes, int] = {}
    for number, row in enumerate(source.rows(file)):
        key = row if isinstance(row, SourceDrop) else _key(row, key_of)
        if not isinstance(key, SourceDrop):
            last[key] = number
    return last


def _key(row: Row, key_of: KeyOf) -> bytes | SourceDrop:
    try:
        parts = key_of(row)
    except BadRowError as error:
        return _drop(row, error)
    return hashlib.sha256(repr(parts).encode("utf-8")).digest()[:16]


def _group(rows: Sequence[Row], shape: Shape) -> list[SourceRecord | SourceDrop]:
    try:
        return list(shape(rows))
    except BadRowError as error:
        return [_drop(row, error) for row in rows]


def _drop(row: Row, error: BadRowError) -> SourceDrop:
    return SourceDrop(row.line, error.reason, error.detail, row.file)


def _without(row: Row, media: Sequence[str]) -> Row:
    kept = {column: value for column, value in row.values.items() if column not in media}
    return replace(row, values=kept)
