"""Prompts of the workspace as conversations to judge, with their pictures out of its store."""

from collections.abc import Iterator, Sequence
from typing import Any

from align.reward.exchange import Part, Turn, as_rgb
from curate.media.decoding import decoding_faults
from curate.media.pictures import opened
from curate.media.rules import MediumFaultError
from curate.media.stored import StoredMedia
from schemas.candidate import Medium, Message


def turns_of(
    messages: Sequence[Message], media: Sequence[Medium], store: StoredMedia
) -> tuple[Turn, ...]:
    """The turns; frames of a video are pictures in their order, as exports have them.

    Raises MediumFaultError for a medium that is not there, or that is no picture.
    """
    return tuple(Turn(message.role, tuple(_parts(message, media, store))) for message in messages)


def _parts(message: Message, media: Sequence[Medium], store: StoredMedia) -> Iterator[Part]:
    for part in message.parts:
        if part.media_index is None:
            yield part.text or ""
            continue
        for name in _files(media[part.media_index]):
            yield _picture(store, name)


def _files(medium: Medium) -> Sequence[str]:
    if medium.kind == "video":
        raise MediumFaultError("video_not_supported", "a film that was kept whole")
    names = medium.frames if medium.kind == "frames" else [medium.file]
    if not names or None in names:
        raise MediumFaultError("missing_media", "it was kept unread")
    return [str(name) for name in names]


def _picture(store: StoredMedia, name: str) -> Any:
    """The picture upright, as the `datasets` library reads it for training."""
    from PIL import ImageOps

    try:
        data = store.read(name)
    except OSError as error:
        raise MediumFaultError("missing_media", str(error.strerror)) from error
    with decoding_faults():
        return as_rgb(ImageOps.exif_transpose(opened(data)))
