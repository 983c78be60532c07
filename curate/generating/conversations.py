"""A prompt as the model is shown it: texts and decoded pictures, films as some of their frames."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from align.generate import Turn
from curate.media.store import MediaStore
from curate.media.video import sampled_frames
from schemas.candidate import Medium, Message, Prompt


def conversation_of(prompt: Prompt, store: MediaStore, frames: int, request: str) -> list[Turn]:
    """The prompt's turns, `request` after the last one's text."""
    turns = [Turn(it.role, list(_parts(it, prompt.media, store, frames))) for it in prompt.messages]
    if request:
        turns[-1] = Turn(turns[-1].role, _with_text(turns[-1].parts, request))
    return turns


def _with_text(parts: Sequence[Any], request: str) -> list[Any]:
    """The parts with a text behind the last text, as it was in training; or at the end."""
    if parts and isinstance(parts[-1], str):
        return [*parts[:-1], parts[-1] + request]
    return [*parts, request]


def _parts(
    message: Message, media: Sequence[Medium], store: MediaStore, frames: int
) -> Iterator[Any]:
    for part in message.parts:
        if part.media_index is None:
            yield part.text or ""
        else:
            yield from _pictures(media[part.media_index], store, frames)


def _pictures(medium: Medium, store: MediaStore, frames: int) -> Iterator[Any]:
    """PIL pictures, turned as the camera meant them, RGB."""
    if medium.kind == "video":
        with store.local(str(medium.file)) as path:
            films = sampled_frames(path, frames, store.limits)
        yield from map(_picture, films)
        return
    names = medium.frames if medium.kind == "frames" else (str(medium.file),)
    yield from (_picture(store.read(name)) for name in _spread(names, frames))


def _spread(names: Sequence[str], most: int) -> Sequence[str]:
    """At most so many, evenly from the first to the last."""
    if len(names) <= most:
        return names
    if most == 1:
        return names[:1]
    return [names[round(place * (len(names) - 1) / (most - 1))] for place in range(most)]


def _picture(data: bytes) -> Any:
    from PIL import Image, ImageOps

    with Image.open(BytesIO(data)) as image:
        return ImageOps.exif_transpose(image).convert("RGB")
