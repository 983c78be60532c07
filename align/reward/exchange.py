"""What a reward model judges: one answer to one conversation, with the pictures it is about."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.errors import AlignError

Part = Any
"""A text, or a PIL picture where it is shown."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a conversation: who speaks, and texts and pictures in their order."""

    role: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """An answer in its conversation. `critique` is what a rater said of it, None where nobody did.

    An empty critique is none: it says nothing of the answer.
    """

    turns: tuple[Turn, ...]
    response: str
    critique: str | None = None

    @property
    def pictures(self) -> list[Any]:
        """The pictures in the order in which they are shown."""
        return [part for turn in self.turns for part in turn.parts if not isinstance(part, str)]


def exchanges_of(row: Mapping[str, Any]) -> tuple[Exchange, Exchange]:
    """Both answers of a row of the `critique-reward` export, the chosen one first.

    Raises AlignError where the pictures are not as many as the prompt shows.
    """
    turns = tuple(turns_of(row["prompt"], row.get("images") or ()))
    chosen, rejected = (
        Exchange(turns, _text(row[side]), _critique(row, side)) for side in ("chosen", "rejected")
    )
    return chosen, rejected


def turns_of(messages: Sequence[Mapping[str, Any]], pictures: Sequence[Any]) -> Iterator[Turn]:
    """The turns of chat messages, whose contents are texts or blocks (export.chat).

    Beside plain texts, all pictures stand before the first user's text.
    """
    blocks = any(not isinstance(message["content"], str) for message in messages)
    waiting = list(pictures)
    first = next((n for n, message in enumerate(messages) if message["role"] == "user"), 0)
    for number, message in enumerate(messages):
        if blocks:
            yield Turn(message["role"], tuple(_shown(message["content"], waiting)))
            continue
        shown = waiting if number == first else []
        yield Turn(message["role"], (*map(as_rgb, shown), message["content"]))
    if blocks and waiting:
        raise AlignError(
            f"a prompt with {len(waiting)} pictures more than it shows", "write the export again"
        )


def as_rgb(picture: Any) -> Any:
    """The picture in the three channels that vision towers read."""
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _shown(blocks: Sequence[Mapping[str, Any]], waiting: list[Any]) -> Iterator[Part]:
    for block in blocks:
        if block["type"] != "image":
            yield block["text"] or ""
        elif waiting:
            yield as_rgb(waiting.pop(0))
        else:
            raise AlignError("a prompt shows more pictures than it has", "write the export again")


def _text(messages: Sequence[Mapping[str, Any]]) -> str:
    """The text of an answer, which is one message of a text or of blocks of texts."""
    contents = [message["content"] for message in messages]
    return "".join(
        content if isinstance(content, str) else "".join(block["text"] or "" for block in content)
        for content in contents
    )


def _critique(row: Mapping[str, Any], side: str) -> str | None:
    text = row.get(f"{side}_critique")
    return text if text and text.strip() else None
