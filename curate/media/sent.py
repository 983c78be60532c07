"""Pictures as a model is sent them: read from the store, scaled down once, videos as frames.

What had to be made lies in the workspace's cache, so that no later call makes it again; the cache
may be removed at any time.
"""

import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import count
from pathlib import Path
from threading import Lock
from weakref import WeakValueDictionary

from annotate.base import GiveUp, Picture
from annotate.prompting.pictures import UnreadablePictureError, scaled
from curate.media.rules import Limits, MediumFaultError
from curate.media.store import MediaStore
from curate.media.video import sampled_frames
from schemas.candidate import Medium

CACHE = ".cache/pictures"
SENT_AS_THEY_ARE = {".png", ".jpg", ".webp"}
MIME_TYPES = {".png": "image/png", ".jpg": "image/jpeg"}
SUFFIXES = {mime: suffix for suffix, mime in MIME_TYPES.items()}
KEPT = 32
"""Pictures in memory: a prompt's orders follow one another, and so do prompts of one picture."""


class Pictures:
    """Reads the media of prompts. Threads may ask at the same time."""

    def __init__(self, root: Path, max_side: int, frames: int) -> None:
        self._store = MediaStore(root / "media")
        self._cache = root / CACHE
        self._max_side, self._frames = max_side, frames
        self._numbers = count()
        self._locks: WeakValueDictionary[str, Lock] = WeakValueDictionary()
        self._picture = lru_cache(KEPT)(self._read)

    def fault(self, media: Sequence[Medium]) -> str | None:
        """`missing_media` where a file is no longer in the store."""
        files = (file for medium in media for file in self._files(medium))
        missing = any(not self._store.has(file) for file in files)
        return "missing_media" if missing else None

    def slow(self, media: Sequence[Medium]) -> bool:
        """Whether something has to be decoded first: not for the event loop."""
        return any(self._is_slow(medium) for medium in media)

    def of_all(self, media: Sequence[Medium]) -> list[tuple[Picture, ...]]:
        """For each medium its picture or frames. Raises GiveUp where one does not decode."""
        return [self.of(medium) for medium in media]

    def of(self, medium: Medium) -> tuple[Picture, ...]:
        """The medium's picture, or its frames in order. Raises GiveUp where it does not decode."""
        try:
            return self._pictures(medium)
        except (UnreadablePictureError, MediumFaultError) as error:
            raise GiveUp("refused_by_server", f"not sent: {error}") from error
        except FileNotFoundError as error:
            raise GiveUp("refused_by_server", f"not sent: {error.filename} is gone") from error

    def _files(self, medium: Medium) -> tuple[str, ...]:
        """Names in the store of what is sent of a medium."""
        if medium.kind != "frames":
            return (str(medium.file),)
        return tuple(medium.frames[place] for place in _spread(len(medium.frames), self._frames))

    def _is_slow(self, medium: Medium) -> bool:
        if medium.kind == "video":
            return not self._folder(medium).is_dir()
        large = max(medium.width or 0, medium.height or 0) > self._max_side
        return any(
            (large or Path(file).suffix not in SENT_AS_THEY_ARE) and self._made(file) is None
            for file in self._files(medium)
        )

    def _pictures(self, medium: Medium) -> tuple[Picture, ...]:
        if medium.kind == "video":
            return tuple(self._video(medium))
        return tuple(self._picture(file) for file in self._files(medium))

    def _read(self, file: str) -> Picture:
        with self._making(file):
            made = self._made(file)
            if made is not None:
                return Picture(made.read_bytes(), MIME_TYPES[made.suffix])
            data = self._store.read(file)
            sent, mime_type = scaled(data, self._max_side)
            if sent is not data:
                self._keep(self._cache / f"{self._stem(file)}{SUFFIXES[mime_type]}", sent)
            return Picture(sent, mime_type)

    def _video(self, medium: Medium) -> Iterator[Picture]:
        folder = self._folder(medium)
        with self._making(str(medium.file)):
            if not folder.is_dir():
                self._decode(medium, folder)
        for path in sorted(folder.iterdir()):
            yield Picture(path.read_bytes(), MIME_TYPES[path.suffix])

    def _decode(self, medium: Medium, folder: Path) -> None:
        """Write a video's frames into a folder that appears whole."""
        half = self._own_name(folder)
        half.mkdir(parents=True)
        with self._store.local(str(medium.file)) as video:
            frames = sampled_frames(video, self._frames, Limits())
        for number, frame in enumerate(frames):
            sent, mime_type = scaled(frame, self._max_side)
            (half / f"{number:04}{SUFFIXES[mime_type]}").write_bytes(sent)
        half.rename(folder)

    def _making(self, file: str) -> Lock:
        """Held by whoever makes something of a file: all orders of a prompt come at once."""
        return self._locks.setdefault(file, Lock())

    def _made(self, file: str) -> Path | None:
        paths = (self._cache / f"{self._stem(file)}{suffix}" for suffix in MIME_TYPES)
        return next((path for path in paths if path.is_file()), None)

    def _stem(self, file: str) -> str:
        return f"{Path(file).stem}-{self._max_side}"

    def _folder(self, medium: Medium) -> Path:
        return self._cache / f"{self._stem(str(medium.file))}-{self._frames}-frames"

    def _keep(self, path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        half = self._own_name(path)
        half.write_bytes(data)
        half.replace(path)

    def _own_name(self, path: Path) -> Path:
        return path.with_name(f".{path.name}.{os.getpid()}-{next(self._numbers)}")


def _spread(total: int, wanted: int) -> list[int]:
    """`wanted` places out of `total`, each in the middle of its stretch; all where there are fewer.

    As curate.media.video takes frames out of a file.
    """
    return sorted({(2 * place + 1) * total // (2 * wanted) for place in range(wanted)})
