"""A prompt's media as the pictures a model is sent: images, and frames in the place of a video."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from annotate.base import GiveUp, Picture
from annotate.prompting.pictures import UnreadablePictureError, scaled
from curate.media.rules import Limits, MediumFaultError
from curate.media.store import MediaStore
from curate.media.video import sampled_frames
from schemas.candidate import Medium

KEPT = 32
"""Media kept in memory: the calls of one prompt follow one another, those of its models do not."""

One = TypeVar("One")


class Pictures:
    """Media of a store, scaled. Threads may ask at the same time."""

    def __init__(self, store: MediaStore, max_side: int, frames: int) -> None:
        self._store = store
        self._max_side = max_side
        self._frames = frames
        self._read = lru_cache(maxsize=KEPT)(self._uncached)

    def of(self, medium: Medium) -> tuple[Picture, ...]:
        """The medium's picture, or its frames in order. Raises GiveUp where it is unreadable."""
        files = (medium.file,) if medium.file else evenly(medium.frames, self._frames)
        try:
            return self._read(tuple(map(str, files)), medium.kind == "video")
        except (UnreadablePictureError, MediumFaultError, OSError) as error:
            raise GiveUp(
                "refused_by_server", f"not sent: medium {medium.sha256}: {error}"
            ) from error

    def _uncached(self, files: tuple[str, ...], video: bool) -> tuple[Picture, ...]:  # noqa: FBT001 - a cache takes places only
        paths = [self._store.path_of(file) for file in files]
        data = self._filmed(paths[0]) if video else [path.read_bytes() for path in paths]
        return tuple(Picture(*scaled(one, self._max_side)) for one in data)

    def _filmed(self, path: Path) -> list[bytes]:
        return sampled_frames(path, self._frames, Limits())


def evenly(items: Sequence[One], count: int) -> tuple[One, ...]:
    """At most `count` of the items: those in the middle of as many equal stretches."""
    if len(items) <= count:
        return tuple(items)
    return tuple(items[(2 * place + 1) * len(items) // (2 * count)] for place in range(count))
