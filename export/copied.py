"""Media as files beside lines of JSON: each once, below `images/` and `videos/`, by its digest."""

from collections.abc import Sequence
from pathlib import Path

from export.base import StoredFiles
from export.checks import picture_extension
from export.media import RowFiles
from export.pictures import HEAD, RefusedMediaError


class CopiedMedia:
    """The media folders of an export; two hex digits are a folder, as in the store.

    The Hub takes at most 10,000 files in one folder.
    """

    def __init__(self, store: StoredFiles, folder: Path) -> None:
        self._store, self._folder = store, folder
        self._done: set[str] = set()

    def place(self, files: RowFiles) -> RowFiles:
        """Copy a row's files; their paths relative to the export.

        Raises RefusedMediaError, and copies none of them, where one is missing or no picture.
        """
        images = [self._named("images", name) for name in files.images]
        videos = [self._named("videos", name) for name in files.videos]
        for name, target in (*images, *videos):
            self._copy(name, target)
        return RowFiles(_targets(images), _targets(videos))

    def place_film(self, frames: Sequence[str | None], digest: str) -> str:
        """Copy a video's frames as pictures 00001, 00002, ... of a folder; the folder's path.

        Raises RefusedMediaError, and copies none of them, where one is missing or no picture.
        """
        folder = f"videos/{digest[:2]}/{digest}"
        found = [self._named("images", name) for name in frames]
        for number, (name, target) in enumerate(found, start=1):
            self._copy(name, f"{folder}/{number:05d}{Path(target).suffix}")
        return folder

    @property
    def folders(self) -> list[str]:
        """The folders that hold anything."""
        return sorted({target.split("/")[0] for target in self._done})

    def _named(self, kind: str, name: str | None) -> tuple[str, str]:
        """A file of the store by its name, and its path in the export."""
        if name is None:
            raise RefusedMediaError("missing_media")
        try:
            with self._store.stream(name) as file:
                head = file.read(HEAD)
        except OSError as error:
            raise RefusedMediaError("missing_media") from error
        if not head:
            raise RefusedMediaError("missing_media")
        stem, _, extension = name.rpartition(".")
        if kind == "images":
            found = picture_extension(name, head)
            if found is None:
                raise RefusedMediaError("unreadable_media")
            extension = found
        return name, f"{kind}/{name[:2]}/{stem}.{extension}"

    def _copy(self, name: str, target: str) -> None:
        if target not in self._done:
            self._store.place(name, self._folder / target)
            self._done.add(target)


def _targets(files: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(target for _name, target in files)
