"""A server's answer read piece by piece: whatever stands in it, what comes out is of its type."""

import json
from typing import Any

from annotate.prompting.quoting import valid_text
from annotate.raters.access import Scrub
from annotate.raters.problems import malformed

MOST_TOKENS = 2**31 - 1
"""What no call can take: a greater count would say nothing true of what it costs."""


def json_of(text: str, scrub: Scrub) -> Any:
    """The JSON of an answer. Raises TryAgain for anything else."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        problem = malformed(f"an answer that is no JSON: {scrub(text)}")
    # Raised out of the `except`, whose error holds the text and with it perhaps a key.
    raise problem


def dict_of(value: Any) -> dict[str, Any]:
    """The value where it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def version_of(value: Any) -> str | None:
    """What a server says it ran, as a journal can hold it; None for what is no text."""
    return valid_text(value) if isinstance(value, str) else None


def word_of(value: Any, other: str) -> str:
    """A server's own word for something, as a journal can hold it; `other` for what is no text."""
    return valid_text(value) if value and isinstance(value, str) else other


def tokens_in(counts: dict[str, Any], name: str) -> int:
    """A count of tokens, 0 where there is none. Raises TryAgain for one that no call can take."""
    value = counts.get(name)
    if not isinstance(value, int) or value <= 0:
        return 0
    if value > MOST_TOKENS:
        raise malformed(f"an answer that counts more tokens than any call takes ({name})")
    return value
