"""Files of the media store, read wherever they lie: as files of their own, or in packed shards."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedIOBase, BytesIO, RawIOBase
from pathlib import Path
from tempfile import TemporaryDirectory

from curate.media.shards import FOLDER, Shards


class StoredMedia:
    """The files of a store by name. Threads may read at the same time.

    Methods raise FileNotFoundError for a file that is not there, WorkspaceError for a damaged
    shard.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._root = str(folder)
        self._shards = Shards(folder / FOLDER)

    def path_of(self, file: str) -> Path:
        """Where a file of the store lies, by its name, unless it is packed."""
        return self.folder / file[:2] / file

    def has(self, file: str) -> bool:
        """Whether a file is there."""
        return self.path_of(file).is_file() or self._shards.has(file)

    def size(self, file: str) -> int:
        """Bytes of a file."""
        try:
            return os.stat(self._place_of(file)).st_size  # noqa: PTH116 - hot
        except FileNotFoundError:
            size = self._shards.size(file)
            if size is None:
                raise
            return size

    def read(self, file: str) -> bytes:
        """A file's bytes."""
        try:
            with open(self._place_of(file), "rb") as source:  # noqa: PTH123 - hot
                return source.read()
        except FileNotFoundError:
            return self._packed(file)

    def stream(self, file: str) -> RawIOBase | BufferedIOBase:
        """A file's bytes to be read piece by piece."""
        try:
            return open(self._place_of(file), "rb", buffering=0)  # noqa: PTH123 - hot
        except FileNotFoundError:
            return BytesIO(self._packed(file))

    @contextmanager
    def local(self, file: str) -> Iterator[Path]:
        """A path for what reads paths only. It leads nowhere where the file is not there."""
        path = self.path_of(file)
        data = None if path.is_file() else self._shards.read(file)
        if data is None:
            yield path
            return
        with TemporaryDirectory(prefix="curate-") as folder:
            copy = Path(folder) / file
            copy.write_bytes(data)
            yield copy

    def place(self, file: str, target: Path, *, link: bool = False) -> None:
        """Put a file at a path outside, unless one is there: with `link` no second copy of it."""
        if target.exists():
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        if link and _linked(self.path_of(file), target):
            return
        staged = target.with_name(f".{target.name}")
        try:
            shutil.copyfile(self.path_of(file), staged)
        except FileNotFoundError:
            staged.write_bytes(self._packed(file))
        staged.replace(target)

    def _place_of(self, file: str) -> str:
        """`path_of` as a text: making a path takes as long as reading a small file."""
        return f"{self._root}/{file[:2]}/{file}"

    def _packed(self, file: str) -> bytes:
        data = self._shards.read(file)
        if data is None:
            words = os.strerror(errno.ENOENT)
            raise FileNotFoundError(errno.ENOENT, words, self._place_of(file))
        return data


def _linked(source: Path, target: Path) -> bool:
    """Whether a hard link is there now; file systems need not have them."""
    try:
        os.link(source, target)
    except FileExistsError:
        return True
    except OSError:
        return False
    return True
