"""The answer side of a pair as trainers write it: a text, a message, or a list of one message."""

from collections.abc import Mapping
from typing import Any

from curate.sources.shaping import BadRowError, wrong_type
from curate.sources.turns import message_turns, text_of


def answer_text(value: Any, place: str) -> str | None:
    """The answer's text; null stays null. Raises BadRowError for more than one answer."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return _text_of_message(value, place)
    if not isinstance(value, (list, tuple)):
        raise wrong_type(value, place, "text or a message")
    if len(value) != 1:
        raise BadRowError(f"{place} has {len(value)} messages, not one answer")
    return _text_of_message(value[0], f"{place}[0]")


def is_message(value: Any) -> bool:
    """Whether the value is an object with a turn's role and text."""
    return isinstance(value, Mapping) and (
        {"role", "content"} <= set(value) or {"from", "value"} <= set(value)
    )


def _text_of_message(message: Any, place: str) -> str:
    [turn] = message_turns([message], [], place)
    if turn.role != "assistant":
        raise BadRowError(f"{place} is a turn of the {turn.role}, not an answer")
    return text_of(turn)
