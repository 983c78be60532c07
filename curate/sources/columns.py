"""A field map: which column of a generic source is which of our fields, checked and looked up."""

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any, Final

from schemas.errors import SourceError, UsageError, did_you_mean

FIELDS = (
    "prompt",
    "messages",
    "response",
    "responses",
    "model",
    "image",
    "images",
    "video",
    "reference",
    "attributes",
    "key",
)
LISTED = ("attributes", "responses", "image", "images")
EXCLUSIVE = (("prompt", "messages"), ("response", "responses"), ("image", "images"))
ATTRIBUTE = "attributes."
NUMBERED = re.compile(r"^(response|answer|output|completion)[_ -]?([a-h]|\d{1,2})$")
"""Names, in lower case, of columns that hold one answer each and name no model."""


class Missing:
    """The type of `MISSING`: a column that a row does not have, which is not null."""


MISSING: Final = Missing()

Values = Mapping[str, Any]


def check_fields(field_map: Mapping[str, str]) -> None:
    """Nothing, or UsageError for a map whose fields we do not know or that do not go together."""
    for field, column in field_map.items():
        if field not in FIELDS and not (field.startswith(ATTRIBUTE) and field != ATTRIBUTE):
            raise UsageError(f"--map {field}={column}: field {field!r} unknown", _hint(field))
        if column and not all(columns_of(column)):
            raise UsageError(f"--map {field}={column}: no column named", "write FIELD=COLUMN")
        if "+" in column and field not in LISTED:
            raise UsageError(
                f"--map {field}={column}: {field} takes one column",
                f"several are for {', '.join(LISTED)}",
            )
    for one, other in EXCLUSIVE:
        if one in field_map and other in field_map:
            raise UsageError(f"--map has both {one} and {other}", "map one of them")


def check_columns(field_map: Mapping[str, str], heads: Sequence[Values]) -> None:
    """Nothing, or SourceError for a mapped column that no row of the head has."""
    if not heads:
        return
    for field, column in field_map.items():
        for name in columns_of(column):
            if all(lookup(head, name) is MISSING for head in heads):
                names = column_names(heads)
                raise SourceError(
                    f"--map {field}={column}: no row among the first {len(heads)} has the column "
                    f"{name!r}",
                    f"{did_you_mean(name, names)} (columns: {', '.join(names)})",
                )


def unmapped(field_map: Mapping[str, str], heads: Sequence[Values]) -> list[str]:
    """The columns of the first rows that no field is mapped to, in the order met."""
    mapped = {name for column in field_map.values() for name in columns_of(column)}
    there = dict.fromkeys(name for head in heads for name in head)
    return [
        name
        for name in there
        if name not in mapped and not any(one.startswith(f"{name}.") for one in mapped)
    ]


def columns_of(column: str) -> list[str]:
    """The columns of a map's value: `a+b` are two."""
    return [name.strip() for name in column.split("+")]


def models_of(columns: Sequence[str]) -> list[str | None]:
    """Whose answers each of several columns holds, by its name; null where that is a number.

    `answer_llava+answer_qwen` are llava's and qwen's: what all begin with is left out.
    """
    if all(NUMBERED.match(name.lower()) for name in columns):
        return [None] * len(columns)
    alike = takewhile(
        lambda both: both[0] == both[1], zip(min(columns), max(columns), strict=False)
    )
    begin = "".join(one for one, _ in alike)
    cut = max(begin.rfind(mark) for mark in "_-. ") + 1
    return [name[cut:] or name for name in columns]


def lookup(values: Values, column: str) -> Any:
    """The value of a column, or MISSING; dots reach into structs unless a column has the name."""
    if column in values:
        return values[column]
    head, dot, rest = column.partition(".")
    while dot:
        inner = values.get(head)
        if isinstance(inner, Mapping):
            found = lookup(inner, rest)
            if found is not MISSING:
                return found
        more, dot, rest = rest.partition(".")
        head = f"{head}.{more}"
    return MISSING


def column_names(heads: Sequence[Values]) -> list[str]:
    """The columns of the first rows, in the order met, structs as `column.key`."""
    names: dict[str, None] = {}
    for head in heads:
        for name, value in head.items():
            inner = value if isinstance(value, Mapping) else {}
            names.update(dict.fromkeys([name, *(f"{name}.{key}" for key in inner)]))
    return list(names)


def _hint(field: str) -> str:
    return did_you_mean(field, [*FIELDS, "attributes.NAME"])
