"""Prompts and their candidate responses: the rows of `prompts` and `candidates`.

Ids are content: a prompt is its messages and its media's bytes, a candidate is its prompt and its
response as given (DESIGN 4, "Ids and determinism").
"""

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from schemas.base import Count, Hex32, Record, Sha256, content_id

Role = Literal["system", "user", "assistant"]
MediaKind = Literal["image", "video", "frames"]
Origin = Literal["sampled", "written"]


class Part(Record):
    """One piece of a message: text as given, or a medium by its index in the prompt's `media`."""

    type: Literal["text", "media"]
    text: str | None = None
    media_index: Count | None = None

    @model_validator(mode="after")
    def _holds_one_thing(self) -> Self:
        """A part is text or a medium, never both and never neither."""
        if (self.text is None) == (self.media_index is None) or (self.type == "text") != (
            self.text is not None
        ):
            raise ValueError("a text part has text, a media part has media_index, and no more")
        return self


class Message(Record):
    """One turn of the conversation before the answer."""

    role: Role
    parts: tuple[Part, ...]


class Medium(Record):
    """A picture, a video file or an ordered list of frames.

    `sha256` is over the original bytes (for frames: over the ordered list of their digests) and
    null where the medium was kept unread. `file` is its name in the store, `<sha256>.<ext>`, null
    for frames and for what was kept unread. `path` is the path as the source wrote it: hostile,
    for reading only. width and height are in pixels after EXIF rotation, duration in seconds.
    """

    kind: MediaKind
    sha256: Sha256 | None = None
    file: str | None = None
    path: str | None = None
    width: Count | None = None
    height: Count | None = None
    frames: tuple[str, ...] = ()
    fps: float | None = None
    duration: float | None = None

    @property
    def identity(self) -> str:
        """What the prompt's id knows of the medium: its digest, or the path where it is missing."""
        return f"sha256:{self.sha256}" if self.sha256 else f"missing:{self.path}"


class Prompt(Record):
    """What was asked. One row of `prompts`; the messages end with a user turn.

    `reference` is the source's own reference answer; `attributes` are free strings of the source.
    """

    prompt_id: Hex32
    messages: Annotated[tuple[Message, ...], Field(min_length=1)]
    media: tuple[Medium, ...] = ()
    reference: str | None = None
    source: str
    source_key: str | None = None
    attributes: dict[str, str] = {}


class Generation(Record):
    """Who made a response. `sampling` is canonical JSON of the settings, null where unknown."""

    model: str
    sampling: str | None = None


class Candidate(Record):
    """One response to one prompt: a row of `candidates`.

    The same answer from two models is one candidate with two generations. `written` answers come
    from an annotator with the event that ranks them (DESIGN 5.5).
    """

    prompt_id: Hex32
    candidate_id: Hex32
    response: str
    origin: Origin = "sampled"
    generations: tuple[Generation, ...] = ()
    source: str
    source_key: str | None = None
    attributes: dict[str, str] = {}


def prompt_id_of(messages: Sequence[Message], media: Sequence[Medium]) -> str:
    """The prompt's id: equal words on different pictures are different prompts."""
    return content_id(
        [
            {
                "role": message.role,
                "parts": [
                    {"text": part.text}
                    if part.media_index is None
                    else {"media": media[part.media_index].identity}
                    for part in message.parts
                ],
            }
            for message in messages
        ]
    )


def candidate_id_of(prompt_id: str, response: str) -> str:
    """The candidate's id: its prompt and its response as given."""
    return content_id([prompt_id, response])
