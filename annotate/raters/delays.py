"""How long a server asks us to wait, in seconds, from the several ways to say it."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

SECONDS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
LENGTH = r"(?:\d+(?:\.\d+)?(?:ms|h|m|s)\s*)+"
ASKED = re.compile(rf"(?:retry|try again) (?:in|after) ({LENGTH})", re.IGNORECASE)


def in_details(details: Any) -> float | None:
    """The delay of Google's RetryInfo among an error's details."""
    for detail in details if isinstance(details, list) else []:
        if isinstance(detail, dict) and str(detail.get("@type")).endswith("google.rpc.RetryInfo"):
            delay = detail.get("retryDelay")
            return _length(delay) if isinstance(delay, str) else None
    return None


def in_words(message: str) -> float | None:
    """The delay in a message such as "Please retry in 47.17s" or "try again in 6m0s"."""
    found = ASKED.search(message)
    return _length(found[1]) if found else None


def in_headers(headers: Mapping[str, str]) -> float | None:
    """The delay of Retry-After: seconds, or the date of the next try."""
    value = str(headers.get("Retry-After") or headers.get("retry-after") or "").strip()
    if re.fullmatch(r"\d+(\.\d+)?", value):
        return float(value)
    try:
        then = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(0.0, (then - datetime.now(UTC)).total_seconds())


def _length(text: str) -> float | None:
    parts = re.findall(r"(\d+(?:\.\d+)?)(ms|h|m|s)", text)
    return sum(float(number) * SECONDS[unit] for number, unit in parts) if parts else None
