"""Any table or list of rows, read by a map of our fields onto its columns.

A mapped column may be absent from a row. A row without the response's column is a prompt alone; a
null in it is an answer that failed, which ingest drops as `empty_response`.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from curate.sources.base import Layout, Records, SourceInput
from curate.sources.columns import (
    ATTRIBUTE,
    MISSING,
    check_columns,
    check_fields,
    columns_of,
    unmapped,
)
from curate.sources.columns import lookup as find
from curate.sources.generic_answers import answers_of, listed
from curate.sources.media import media_of, video_of
from curate.sources.record import Row, SourceDrop, SourceMedium, SourceRecord, SourceTurn
from curate.sources.shaping import (
    BadRowError,
    as_name,
    attribute_text,
    attributes_of,
    shaped,
    wrong_type,
)
from curate.sources.sniff import propose_for, proposed_beside
from curate.sources.turns import ends_with_user, message_turns, prompt_turns, text_of
from schemas.errors import SourceError

HEAD_FILES = 5
Values = Mapping[str, Any]
FieldMap = Mapping[str, str]


def layout(name: str) -> Layout:
    """The generic layout of a container, with the map proposed from the source's first rows."""
    return Layout(
        name=name,
        about=f"{name} rows with --map field=column",
        matches=lambda source: bool(heads_of(source)),
        read=lambda source: read(source, checked_map(source, None)),
    )


def mapped_layout(name: str, field_map: FieldMap) -> Layout:
    """The generic layout of a container, reading by a map."""
    return Layout(
        name=name,
        about=f"{name} rows by {', '.join(f'{k}={v}' for k, v in field_map.items())}",
        matches=lambda source: bool(heads_of(source)),
        read=lambda source: read(source, field_map),
    )


def checked_map(source: SourceInput, field_map: FieldMap | None) -> FieldMap:
    """The given map, found to fit the first rows, and for what it leaves open what they propose.

    A field that is given no column is not read. Raises UsageError for a map that is wrong in
    itself, SourceError for one that does not fit.
    """
    heads = heads_of(source)
    if not field_map:
        return propose_for(heads) if heads else _unreadable(source)
    check_fields(field_map)
    given = {field: column for field, column in field_map.items() if column}
    check_columns(given, heads)
    return {**proposed_beside(field_map, heads), **given}


def unread_columns(source: SourceInput, used: FieldMap) -> list[str]:
    """The columns of the first rows that the map has no field for."""
    return unmapped(used, heads_of(source))


def _unreadable(source: SourceInput) -> FieldMap:
    """No map: nothing in the first lines can be read. Says what is wrong with the first."""
    items = (item for file in source.files for item in source.rows(file))
    first = next((item for item in items if isinstance(item, SourceDrop)), None)
    what = f"line {first.line} of {first.file}: {first.detail}" if first else "there is none"
    raise SourceError(
        f"no readable row to propose a map from ({what})",
        "check that the file is what its name says, or name the columns with --map",
    )


def heads_of(source: SourceInput) -> list[Values]:
    """The first readable rows of the first files."""
    return [head for file in source.files[:HEAD_FILES] for head in source.head(file)]


def read(source: SourceInput, field_map: FieldMap) -> Records:
    """One record a row."""
    return shaped(source, lambda row: record_of(row, field_map, source.root))


def record_of(row: Row, field_map: FieldMap, root: Path) -> SourceRecord:
    """The row as a record. Raises BadRowError where a mapped value is of the wrong type."""
    values = row.values
    answers = answers_of(values, field_map)
    turns = _turns(values, field_map, root)
    reference = _reference(values, field_map)
    if turns[-1].role == "assistant":
        if answers or reference is not None:
            raise BadRowError("messages end with an answer beside the mapped one", "bad_type")
        *turns, last = turns
        reference = text_of(last)
    return SourceRecord(
        line=row.line,
        turns=ends_with_user(turns),
        responses=answers,
        reference=reference,
        key=_key(values, field_map),
        attributes=_attributes(values, field_map),
        file=row.file,
    )


def _turns(values: Values, field_map: FieldMap, root: Path) -> list[SourceTurn]:
    media = _media(values, field_map, root)
    if "messages" in field_map:
        messages = listed(_value(values, field_map, "messages"), "messages")
        return message_turns(messages or [], media)
    prompt = _value(values, field_map, "prompt")
    if prompt is not None and not isinstance(prompt, str):
        raise wrong_type(prompt, f"prompt ({field_map['prompt']})", "text")
    return prompt_turns(prompt, media)


def _media(values: Values, field_map: FieldMap, root: Path) -> list[SourceMedium]:
    media: list[SourceMedium] = []
    for field in ("image", "images"):
        for column in columns_of(field_map[field]) if field in field_map else ():
            media += media_of(_list_or_path(find(values, column)), "image", column)
    return [*media, *video_of(_value(values, field_map, "video"), root)]


def _list_or_path(value: Any) -> Any:
    """The value, or the list that a table without lists holds as JSON text."""
    if value is MISSING:
        return None
    if isinstance(value, str) and value.startswith('["') and value.endswith('"]'):
        return listed(value, "images")
    return value


def _value(values: Values, field_map: FieldMap, field: str) -> Any:
    """The mapped value; null where the field is not mapped or the row has no such column."""
    found = find(values, field_map[field]) if field in field_map else None
    return None if found is MISSING else found


def _reference(values: Values, field_map: FieldMap) -> str | None:
    value = _value(values, field_map, "reference")
    if value is None or isinstance(value, (str, int, float)):
        return None if value is None or value == "" else attribute_text(value, "reference")
    raise wrong_type(value, f"reference ({field_map['reference']})", "text")


def _key(values: Values, field_map: FieldMap) -> str | None:
    value = _value(values, field_map, "key")
    return as_name(value if value is None else attribute_text(value, "key"), "key")


def _attributes(values: Values, field_map: FieldMap) -> dict[str, str]:
    found: dict[str, Any] = {}
    for field, column in field_map.items():
        if field == "attributes":
            for name in columns_of(column):
                value = find(values, name)
                inner = value if isinstance(value, Mapping) else {name.split(".")[-1]: value}
                found.update(inner)
        elif field.startswith(ATTRIBUTE):
            found[field.removeprefix(ATTRIBUTE)] = find(values, column)
    there = {name: value for name, value in found.items() if value is not MISSING and value != ""}
    return attributes_of(there)
