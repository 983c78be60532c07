"""Any value of a table as what JSON can hold."""

import json
import math
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any


def plain(value: Any) -> Any:
    """The value as JSON types: decimals as numbers, times as ISO text, bytes as hex digits.

    A float that is no number is given as text, since JSON has no word for it.
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(inner) for inner in value]
    return str(value)


def json_text(value: Any) -> str:
    """One line of ASCII: no character of a value can steer a terminal or miss an encoding."""
    text = json.dumps(plain(value), allow_nan=False)
    return text.replace("\x7f", "\\u007f")


def settings_text(settings: Mapping[str, Any]) -> str:
    """The settings that say anything, in one line: `policy mllm-dpo, min_margin 2`."""
    return ", ".join(f"{name} {_said(value)}" for name, value in settings.items() if _is_set(value))


def whole(value: object) -> object:
    """A whole number without its fraction; the rest as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _is_set(value: object) -> bool:
    """Whether a setting says anything: null, an empty list and a section of nulls do not."""
    return any(map(_is_set, value.values())) if isinstance(value, dict) else value not in (None, [])


def _said(value: object) -> str:
    return json_text(value) if isinstance(value, dict | list | bool) else str(whole(value))


def _number(value: Decimal) -> int | float | str:
    if not value.is_finite():
        return str(value)
    return int(value) if value == value.to_integral_value() else float(value)
