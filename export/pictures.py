"""A row group's media, read from the store straight into the memory Arrow will see."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from export.base import StoredFiles
from export.buffers import int32, starts_of, strings
from export.checks import picture_extension
from export.features import MEDIA, MEDIUM

HEAD = 16
ARROW_LIMIT = 2**31 - 1
"""Bytes that one column of a row group can hold: its offsets are int32."""
KEPT_BYTES = 64 << 20


class RefusedMediaError(Exception):
    """A row's media cannot be written; `reason` says under which drop reason it goes."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class MediaColumn:
    """The `images` or `videos` of the rows of one row group, as {bytes, path} lists.

    The memory is used again for the next group, so an array must be written before `clear`.
    """

    def __init__(self, name: str, store: StoredFiles) -> None:
        self.name = name
        self._store = store
        self._memory = np.empty(0, dtype=np.uint8)
        self.clear()

    def clear(self) -> None:
        """Forget all rows, and the memory too where one large row had made it large."""
        self._ends = [0]
        self._paths: list[str] = []
        self._counts: list[int] = []
        if len(self._memory) > KEPT_BYTES:
            self._memory = np.empty(0, dtype=np.uint8)

    @property
    def used(self) -> int:
        """Bytes that the rows hold together."""
        return self._ends[-1]

    def sizes(self, names: Sequence[str | None]) -> list[int]:
        """The bytes of each of these files. Raises RefusedMediaError where one is not there."""
        try:
            sizes = [self._store.size(_known(name)) for name in names]
        except OSError as error:
            raise RefusedMediaError("missing_media") from error
        if sum(sizes) > ARROW_LIMIT:
            raise RefusedMediaError("oversized_media")
        return sizes

    def add(self, names: Sequence[str | None], sizes: Sequence[int]) -> None:
        """Read a row's files of these sizes; on RefusedMediaError no row is added."""
        self._reserve(self.used + sum(sizes))
        self._counts.append(0)
        try:
            for name, size in zip(names, sizes, strict=True):
                self._read(name, size)
        except OSError as error:
            self.drop_last()
            raise RefusedMediaError("missing_media") from error
        except RefusedMediaError:
            self.drop_last()
            raise

    def drop_last(self) -> None:
        """Take the last row back."""
        files = len(self._paths) - self._counts.pop()
        del self._paths[files:], self._ends[files + 1 :]

    def array(self) -> pa.ListArray:
        """The rows as one array over this object's own memory. Shape: (rows,)."""
        offsets = int32(np.array(self._ends)).buffers()[1]
        data = pa.py_buffer(self._memory[: self.used])
        content = pa.Array.from_buffers(pa.binary(), len(self._paths), [None, offsets, data])
        media = pa.StructArray.from_arrays([content, strings(self._paths)], fields=list(MEDIUM))
        return pa.ListArray.from_arrays(int32(starts_of(self._counts)), media, type=MEDIA)

    def _read(self, name: str | None, size: int) -> None:
        """Append one file; an empty one, or one cut since it was measured, is refused."""
        start = self.used
        with self._store.stream(_known(name)) as file:
            count = file.readinto(self._memory[start : start + size].data)
        if not count or count != size:
            raise RefusedMediaError("missing_media")
        self._paths.append(self._named(str(name), start))
        self._ends.append(start + size)
        self._counts[-1] += 1

    def _named(self, name: str, start: int) -> str:
        """The file's name in the export: relative, and a picture's extension as its bytes are."""
        if self.name != "images":
            return f"{self.name}/{name}"
        extension = picture_extension(name, self._memory[start : start + HEAD].tobytes())
        if extension is None:
            raise RefusedMediaError("unreadable_media")
        return f"{self.name}/{name.rsplit('.', 1)[0]}.{extension}"

    def _reserve(self, size: int) -> None:
        """Make room for `size` bytes in all, keeping what is there."""
        if size <= len(self._memory):
            return
        memory = np.empty(max(size, 2 * len(self._memory)), dtype=np.uint8)
        memory[: self.used] = self._memory[: self.used]
        self._memory = memory


def _known(name: str | None) -> str:
    if name is None:
        raise RefusedMediaError("missing_media")
    return name
