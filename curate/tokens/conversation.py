"""A prompt and one of its answers as the conversation that a chat template reads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Size = tuple[int, int]
"""(height, width) in pixels, as image processors have it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn; in `parts` a text is itself and a picture its size, None where unknown."""

    role: str
    parts: tuple[str | Size | None, ...]


@dataclass(frozen=True, slots=True)
class Conversation:
    """All turns of one side of a pair, the answer last; `has_video` where it shows a video file."""

    turns: tuple[Turn, ...]
    has_video: bool = False

    @property
    def pictures(self) -> tuple[Size | None, ...]:
        """The sizes of its pictures in the order they are shown."""
        return tuple(
            part for turn in self.turns for part in turn.parts if not isinstance(part, str)
        )


def conversation(
    messages: Sequence[Mapping[str, Any]], media: Sequence[Mapping[str, Any]], response: str
) -> Conversation:
    """The conversation of one row of `tokens/sequences`: frames are so many pictures."""
    has_video = any(
        media[part["media_index"]]["kind"] == "video"
        for message in messages
        for part in message["parts"]
        if part["media_index"] is not None
    )
    turns = [Turn(it["role"], tuple(_parts(it["parts"], media))) for it in messages]
    return Conversation((*turns, Turn("assistant", (response,))), has_video)


def _parts(
    parts: Sequence[Mapping[str, Any]], media: Sequence[Mapping[str, Any]]
) -> Iterator[str | Size | None]:
    for part in parts:
        if part["media_index"] is None:
            yield part["text"]
            continue
        medium = media[part["media_index"]]
        known = medium["height"] is not None and medium["width"] is not None
        size = (medium["height"], medium["width"]) if known else None
        if medium["kind"] != "video":
            yield from [size] * (len(medium["frames"]) if medium["kind"] == "frames" else 1)
