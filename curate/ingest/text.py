"""A source's text before it is believed: valid Unicode without NUL, and what a drop may quote."""

from collections.abc import Mapping
from typing import Any

from curate.sources.shaping import shown
from schemas.base import canonical_json

LONGEST_DETAIL = 500


class RecordFaultError(Exception):
    """Something of a record cannot be used: a drop reason of DESIGN 4 and what was found."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def checked_text(value: Any, place: str) -> str:
    """The value as it is, where it is text that any table can hold. Raises RecordFaultError."""
    if not isinstance(value, str):
        raise RecordFaultError("bad_type", f"{place} is {type(value).__name__} {shown(value)}")
    if "\0" in value:
        raise RecordFaultError("bad_encoding", f"{place} holds a NUL character")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise RecordFaultError(
            "bad_encoding", f"{place} holds a lone surrogate at character {error.start}"
        ) from error
    return value


def is_text(value: Any) -> bool:
    """Whether a value is text that any table can hold."""
    try:
        checked_text(value, "")
    except RecordFaultError:
        return False
    return True


def optional_text(value: Any, place: str) -> str | None:
    """The checked text; null and blank are null."""
    if value is None:
        return None
    text = checked_text(value, place)
    return text if text.strip() else None


def checked_attributes(values: Mapping[str, Any]) -> dict[str, str]:
    """Attributes as texts by sorted name: null ones are left out, nested ones are their JSON."""
    if not isinstance(values, Mapping):
        raise RecordFaultError("bad_type", f"attributes is {type(values).__name__}")
    return {
        checked_text(name, "an attribute's name"): checked_text(
            spelled(value, f"attribute {name}"), f"attribute {name}"
        )
        for name, value in sorted(values.items(), key=lambda item: str(item[0]))
        if value is not None
    }


def spelled(value: Any, place: str) -> str:
    """Text as it is, anything else as its canonical JSON. Raises RecordFaultError."""
    if isinstance(value, str):
        return value
    try:
        return canonical_json(value)
    except (TypeError, ValueError, RecursionError) as error:
        raise RecordFaultError("bad_type", f"{place} is {shown(value)}: {error}") from error


def told(text: str) -> str:
    """Text as a drop's detail may hold it: valid, without NUL, cut short."""
    plain = text.replace("\0", "\\0").encode("utf-8", "backslashreplace").decode("utf-8")
    return plain if len(plain) <= LONGEST_DETAIL else f"{plain[:LONGEST_DETAIL]}..."
