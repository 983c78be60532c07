"""The prompt of a record: its turns as messages, its media by index, its id by content."""

from collections.abc import Sequence
from typing import Any, get_args

from curate.ingest.text import (
    RecordFaultError,
    checked_attributes,
    checked_text,
    is_text,
    optional_text,
)
from curate.sources.record import SourceMedium, SourceRecord, SourceTurn
from schemas.candidate import Medium, Message, Part, Prompt, Role, prompt_id_of

ROLES = get_args(Role)

Words = dict[str, Any]
"""The fields of a prompt that do not depend on what its media hold."""


def media_of(record: SourceRecord) -> list[SourceMedium]:
    """The record's media in the order they stand."""
    return [part for turn in record.turns for part in turn.parts if isinstance(part, SourceMedium)]


def prompt_of(words: Words, media: Sequence[Medium], source: str) -> Prompt:
    """The prompt of a record's words, with `media` for what `media_of` lists."""
    prompt_id = prompt_id_of(words["messages"], media)
    return Prompt(prompt_id=prompt_id, media=tuple(media), source=source, **words)


def words_of(record: SourceRecord) -> Words:
    """What can be said of a prompt before its media are read. Raises RecordFaultError."""
    messages = _messages(record.turns)
    if not any(map(_says_something, messages)):
        raise RecordFaultError("empty_prompt", "the prompt has neither text nor media")
    if messages[-1].role != "user":
        raise RecordFaultError("bad_type", f"the messages end with a turn of {messages[-1].role}")
    return {
        "messages": messages,
        "reference": optional_text(record.reference, "reference"),
        "source_key": optional_text(record.key, "key"),
        "attributes": checked_attributes(record.attributes),
    }


def unread_prompt_id(record: SourceRecord) -> str | None:
    """The id the prompt would have with its media unread; null where one has no path to name it."""
    media = [Medium(kind=medium.kind, path=medium.path) for medium in media_of(record)]
    if not all(medium.path and is_text(medium.path) for medium in media):
        return None
    return prompt_id_of(_messages(record.turns), media)


def _messages(turns: Sequence[SourceTurn]) -> tuple[Message, ...]:
    messages, seen = [], 0
    for number, turn in enumerate(turns):
        if turn.role not in ROLES:
            raise RecordFaultError("bad_type", f"messages[{number}]: role {turn.role!r} unknown")
        parts = []
        for part in turn.parts:
            if isinstance(part, SourceMedium):
                parts.append(Part(type="media", media_index=seen))
                seen += 1
            else:
                text = checked_text(part, f"messages[{number}]")
                parts.append(Part(type="text", text=text))
        messages.append(Message(role=turn.role, parts=tuple(parts)))
    return tuple(messages)


def _says_something(message: Message) -> bool:
    return any(part.type == "media" or (part.text or "").strip() for part in message.parts)
