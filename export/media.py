"""Which files of the store a pair's row holds, in which order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
import pyarrow as pa

from export.buffers import Ints, Mask, list_starts, starts_of
from export.turns import Turns

STORED = re.compile(r"[0-9a-f]{64}\.[a-z0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class RowFiles:
    """A row's files by their names in the store; None stands for one that is not there."""

    images: tuple[str | None, ...] = ()
    videos: tuple[str | None, ...] = ()

    def __add__(self, other: "RowFiles") -> "RowFiles":
        """Both rows' files, one after the other."""
        return RowFiles(self.images + other.images, self.videos + other.videos)


NO_FILES = RowFiles()
ABSENT = RowFiles(images=(None,))


@dataclass(frozen=True, slots=True)
class MediaBatch:
    """The media of a batch of pairs: `starts` of each pair's media with the end, then by medium.

    A medium's files are one picture, one video, or the frames of `frames` in their order.
    """

    starts: Ints
    kinds: Sequence[str]
    files: Sequence[RowFiles]

    @classmethod
    def of(cls, column: pa.ListArray) -> Self:
        """The media of a `media` column."""
        flat = column.flatten()
        kinds = flat.field("kind").to_pylist()
        names = flat.field("file").to_pylist()
        frames = flat.field("frames").to_pylist()
        files = [_files(*medium) for medium in zip(kinds, names, frames, strict=True)]
        return cls(list_starts(column), kinds, files)

    def places(self) -> tuple[Ints, Ints]:
        """Each medium's first place among its row's pictures (or videos), and how many it has."""
        videos = np.array([kind == "video" for kind in self.kinds], dtype=np.bool_)
        counts = np.array([len(f.videos) + len(f.images) for f in self.files], dtype=np.int64)
        first = np.zeros(len(counts), dtype=np.int64)
        for same in (videos, ~videos):
            before = starts_of(np.where(same, counts, 0))
            at_row = np.repeat(before[self.starts[:-1]], np.diff(self.starts))
            first[same] = (before[:-1] - at_row)[same]
        return first, counts

    def pictures_of_part(self, turns: Turns) -> Ints:
        """How many pictures each part shows: 0 for a text. Shape: (parts,)."""
        counts = [len(files.images) for files in self.files]
        return np.array([*counts, 0], dtype=np.int64)[self.medium_of_part(turns)]

    def rows_with_video(self) -> Mask:
        """Which rows have a video file among their media."""
        return self._rows_with("video")

    def by_row(self) -> list[RowFiles]:
        """Each row's files in the order of its media."""
        bounds = self.starts.tolist()
        return [_joined(self.files[start:end]) for start, end in pairwise(bounds)]

    def by_use(self, turns: Turns) -> list[RowFiles]:
        """Each row's files in the order in which its messages show them."""
        found = [NO_FILES] * (len(self.starts) - 1)
        shown = np.flatnonzero(turns.media >= 0)
        rows, media = turns.row_of_part[shown], self.medium_of_part(turns)[shown]
        for row, medium in zip(rows.tolist(), media.tolist(), strict=True):
            files = self.files[medium] if medium >= 0 else ABSENT
            found[row] = found[row] + files if found[row] is not NO_FILES else files
        return found

    def medium_of_part(self, turns: Turns) -> Ints:
        """Each part's medium in this batch, -1 for texts and where the message names none."""
        rows = turns.row_of_part
        known = (turns.media >= 0) & (turns.media < np.diff(self.starts)[rows])
        return np.where(known, self.starts[:-1][rows] + turns.media, -1)

    def _rows_with(self, wanted: str) -> Mask:
        rows = np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))
        found = np.zeros(len(self.starts) - 1, dtype=np.bool_)
        found[rows[[kind == wanted for kind in self.kinds]]] = True
        return found


def _files(kind: str, file: str | None, frames: Sequence[str] | None) -> RowFiles:
    if kind == "frames":
        return RowFiles(images=tuple(_stored(name) for name in frames or ()) or (None,))
    return RowFiles(videos=(_stored(file),)) if kind == "video" else RowFiles((_stored(file),))


def _stored(name: str | None) -> str | None:
    """The name, if it is one the store gives: a path out of the store is never followed."""
    return name if name is not None and STORED.fullmatch(name) else None


def _joined(files: Sequence[RowFiles]) -> RowFiles:
    return files[0] if len(files) == 1 else sum(files, NO_FILES)
