"""A field map: which column of a generic source is which of our fields, checked and looked up."""

from collections.abc import Mapping, Sequence
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


class Missing:
    """The type of `MISSING`: a column that a row does not have, which is not null."""


MISSING: Final = Missing()

Values = Mapping[str, Any]


def check_fields(field_map: Mapping[str, str]) -> None:
    """Nothing, or UsageError for a map whose fields we do not know or that do not go together."""
    for field, column in field_map.items():
        if field not in FIELDS and not (field.startswith(ATTRIBUTE) and field != ATTRIBUTE):
            raise UsageError(f"--map {field}={column}: field {field!r} unknown", _hint(field))
        if not all(columns_of(column)):
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


def columns_of(column: str) -> list[str]:
    """The columns of a map's value: `a+b` are two."""
    return [name.strip() for name in column.split("+")]


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
