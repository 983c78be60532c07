"""From rows to records: a layout writes one function a row, `shaped` does the rest.

The readers of single values are here too, so that every layout says the same of a wrong type.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from curate.sources.base import Records, SourceInput
from curate.sources.record import Row, SourceDrop, SourceRecord
from schemas.counted import counted
from schemas.errors import did_you_mean

SHOWN = 80
LONGEST_NUMBER = 300


class BadRowError(Exception):
    """This row is no record: a drop reason of DESIGN 4 and what was found."""

    def __init__(self, detail: str, reason: str = "bad_type") -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def shaped(source: SourceInput, shape: Callable[[Row], SourceRecord]) -> Records:
    """Every row of every file as a record, or as the drop that says why it is none."""
    for file in source.files:
        for row in source.rows(file):
            yield row if isinstance(row, SourceDrop) else _shaped(row, shape)


def _shaped(row: Row, shape: Callable[[Row], SourceRecord]) -> SourceRecord | SourceDrop:
    try:
        return shape(row)
    except BadRowError as error:
        return SourceDrop(row.line, error.reason, error.detail, row.file)


def as_list(value: Any, place: str) -> Sequence[Any]:
    """The value as a list; null is an empty one."""
    if value is None:
        return []
    if not isinstance(value, (list, tuple)):
        raise wrong_type(value, place, "a list")
    return value


def as_object(value: Any, place: str) -> Mapping[str, Any]:
    """The value as an object with text keys; null is an empty one."""
    if value is None:
        return {}
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise wrong_type(value, place, "an object")
    return value


def as_text(value: Any, place: str) -> str | None:
    """The value as text, or null."""
    if value is None or isinstance(value, str):
        return value
    raise wrong_type(value, place, "text")


def as_name(value: Any, place: str) -> str | None:
    """A key, a model or a rater as text: a whole number is spelled out, blank is null."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    text = as_text(value, place)
    return text if text and text.strip() else None


def one_of(value: Any, known: Sequence[str], place: str) -> Any:
    """The value where it is one of `known` words."""
    if isinstance(value, str) and value in known:
        return value
    hint = did_you_mean(value if isinstance(value, str) else "", known)
    raise BadRowError(f"{place} is {shown(value)}; {hint}")


def known_keys(value: Mapping[str, Any], known: Sequence[str], place: str) -> None:
    """Nothing, or BadRowError for the first key that is not `known`."""
    for key in value:
        if key not in known:
            where = f"{place}.{key}" if place else key
            raise BadRowError(f"key {shown(where)} unknown; {did_you_mean(key, known)}")


@lru_cache(maxsize=1024)
def metric_name(name: str) -> str:
    """The metric's name in lower snake case: `Visual Faithfulness` -> `visual_faithfulness`."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[\W_]+", "_", words.lower()).strip("_")


def attribute_text(value: Any, place: str) -> str:
    """An attribute's value as text: text as it is, anything else as its JSON."""
    if isinstance(value, str):
        return value
    try:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, default=_spelled)
    except (TypeError, ValueError, RecursionError) as error:
        raise wrong_type(value, place, "text, a number or a list of them") from error


def attributes_of(values: Mapping[str, Any], place: str = "attributes") -> dict[str, str]:
    """Attributes as texts; the null ones are left out."""
    return {
        str(name): attribute_text(value, f"{place}.{name}")
        for name, value in values.items()
        if value is not None
    }


def wrong_type(value: Any, place: str, wanted: str) -> BadRowError:
    """The error for a value of another type than `wanted`."""
    return BadRowError(f"{place} is {type(value).__name__} {shown(value)}, not {wanted}")


def shown(value: Any) -> str:
    """The value as a person may read it in a drop's detail, cut short."""
    if isinstance(value, int) and value.bit_length() > LONGEST_NUMBER:
        return f"of {value.bit_length()} bits"
    text = repr(value[:SHOWN]) if isinstance(value, (str, bytes)) else _repr(value)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 3]}..."


def _repr(value: Any) -> str:
    if isinstance(value, (Mapping, list, tuple)):
        return f"of {counted(len(value), 'entry', 'entries')}"
    return repr(value)


def _spelled(value: Any) -> str:
    if isinstance(value, (bytes, bytearray, memoryview)):
        raise TypeError("bytes are no attribute")
    return str(value)
