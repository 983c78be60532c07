"""The media store: files named after the sha256 of their bytes, `ab/<sha256>.<ext>`.

A file is written under a name of its own, brought to the disk and then renamed, so that a final
name always holds the whole of what it promises. The extension tells the real format. A packed file
lies in a shard (curate.media.shards) instead; what reads the store does not see which.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import BinaryIO, Literal

from curate.disk import sync_file, sync_folder
from curate.media.landing import Landing
from curate.media.packer import LARGEST, Packer
from curate.media.pictures import check_picture, picture_format
from curate.media.rules import Limits, MediumFaultError
from curate.media.shards import FOLDER
from curate.media.stored import StoredMedia
from curate.media.video import HEAD, look_into, sampled_frames, video_format
from schemas.candidate import Medium

INCOMING = ".incoming"
BLOCK = 1 << 20
MediaLayout = Literal["files", "packed"]
"""Where a file that the store does not have yet goes: one of its own, or a shard."""


def digest_of_frames(digests: Iterable[str]) -> str:
    """The sha256 of frames, over the digest of each as hex digits and a newline."""
    lines = "".join(f"{digest}\n" for digest in digests)
    return hashlib.sha256(lines.encode("ascii")).hexdigest()


class MediaStore(StoredMedia):
    """A folder of media by content. Threads may put into it at the same time.

    With `video_frames` a video file is kept as so many frames of it, not as the file.
    """

    def __init__(
        self,
        folder: Path,
        limits: Limits | None = None,
        video_frames: int | None = None,
        layout: MediaLayout = "files",
    ) -> None:
        super().__init__(folder)
        self.limits = limits or Limits()
        self.video_frames = video_frames
        self._numbers = count()
        self._touched: set[Path] = set()
        self._landing: Landing | None = None
        packer = Packer(folder / FOLDER, self._shards, self._own_name)
        self._packer = packer if layout == "packed" else None

    def put_picture(self, data: bytes, path: str | None = None) -> Medium:
        """The picture, checked by decoding and stored once. Raises MediumFaultError."""
        digest = hashlib.sha256(data).hexdigest()
        file = f"{digest}.{picture_format(data)}"
        known = self._holds(file, len(data))
        picture = check_picture(data, self.limits, decode=not known)
        if not known:
            self._keep(file, data)
        return Medium(
            kind="image",
            sha256=digest,
            file=file,
            path=path,
            width=picture.width,
            height=picture.height,
        )

    def put_frames(self, pictures: Iterable[bytes], path: str | None = None) -> Medium:
        """Pictures in their order as one medium; its size is the first one's."""
        frames = [self._put_frame(number, data) for number, data in enumerate(pictures, start=1)]
        if not frames:
            raise MediumFaultError("missing_media", "there are no frames")
        return Medium(
            kind="frames",
            sha256=digest_of_frames([str(frame.sha256) for frame in frames]),
            path=path,
            width=frames[0].width,
            height=frames[0].height,
            frames=tuple(str(frame.file) for frame in frames),
        )

    def put_video(self, source: BinaryIO, path: str | None = None) -> Medium:
        """The video file, stored once as it is, or frames of it. Raises MediumFaultError."""
        with self._incoming() as name:
            digest, extension = self._copy(source, name)
            file = f"{digest}.{extension}"
            video = look_into(name, self.limits)
            if self.video_frames:
                pictures = sampled_frames(name, self.video_frames, self.limits)
                frames = self.put_frames(pictures, path)
                return frames.model_copy(update={"fps": video.fps, "duration": video.duration})
            size = name.stat().st_size
            if not self._holds(file, size):
                if self._packer is None or size > LARGEST:
                    self._move(name, file)
                else:
                    self._keep(file, name.read_bytes())
        return Medium(
            kind="video",
            sha256=digest,
            file=file,
            path=path,
            width=video.width,
            height=video.height,
            fps=video.fps,
            duration=video.duration,
        )

    @contextmanager
    def filling(self) -> Iterator[None]:
        """All that is put inside is on the disk afterwards, or nothing of it is left half written.

        Files come to their names many at a time. Only while no other run puts.
        """
        self.clear_incoming()
        self._landing = Landing(self._own_name, self._name)
        try:
            yield
        except BaseException:
            self._landing.abandon()
            if self._packer is not None:
                self._packer.abandon()
            raise
        self.settle()
        self._landing = None

    def settle(self) -> None:
        """Bring the names of what was put to the disk too, before anything points to them."""
        if self._landing is not None:
            self._landing.finish()
        if self._packer is not None:
            self._packer.finish()
        for folder in sorted(self._touched):
            sync_folder(folder)
        self._touched.clear()

    def clear_incoming(self) -> None:
        """Remove what a killed run left half written; only while no other run puts."""
        for left in (self.folder / INCOMING).glob("*"):
            left.unlink(missing_ok=True)

    def _put_frame(self, number: int, data: bytes) -> Medium:
        try:
            return self.put_picture(data)
        except MediumFaultError as fault:
            raise MediumFaultError(fault.reason, f"frame {number}: {fault.detail}") from fault

    def _holds(self, file: str, size: int) -> bool:
        if self._landing is not None and self._landing.knows(file):
            return True
        try:
            return self.path_of(file).stat().st_size == size
        except FileNotFoundError:
            return (self._packer or self._shards).knows(file)

    def _keep(self, file: str, data: bytes) -> None:
        """Write a file; one that lies there cut short is written again where it lies."""
        if self._packer is not None and not self.path_of(file).exists():
            self._packer.add(file, data)
            return
        if self._landing is not None:
            self._landing.add(file, data)
            return
        with self._incoming() as name:
            name.write_bytes(data)
            self._move(name, file)

    @contextmanager
    def _incoming(self) -> Iterator[Path]:
        """A name of its own to write under; what is left there is removed."""
        name = self._own_name()
        try:
            yield name
        finally:
            name.unlink(missing_ok=True)

    def _own_name(self) -> Path:
        return self._incoming_folder / f"{os.getpid()}-{next(self._numbers)}"

    @cached_property
    def _incoming_folder(self) -> Path:
        folder = self.folder / INCOMING
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _copy(self, source: BinaryIO, name: Path) -> tuple[str, str]:
        """The digest and extension of a video that was written to `name`, block by block."""
        digest, size, extension = hashlib.sha256(), 0, None
        with name.open("wb") as target:
            while block := source.read(BLOCK):
                if not size:
                    extension = _video_extension(block[:HEAD])
                size += len(block)
                self.limits.check_video_bytes(size)
                digest.update(block)
                target.write(block)
        self.limits.check_video_bytes(size)
        return digest.hexdigest(), str(extension)

    def _move(self, name: Path, file: str) -> None:
        sync_file(name)
        self._name(name, file)

    def _name(self, path: Path, file: str) -> None:
        """Give a file that is on the disk its final name."""
        final = self.path_of(file)
        if final.parent not in self._touched:
            final.parent.mkdir(exist_ok=True)
            self._touched.update((final.parent, self.folder))
        path.replace(final)


def _video_extension(head: bytes) -> str:
    extension = video_format(head)
    if extension is None:
        raise MediumFaultError(
            "unreadable_media", f"no MP4, MOV, WebM, MKV or AVI: it starts with {head[:8]!r}"
        )
    return extension
