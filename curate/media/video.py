"""Video files: told by their first bytes, and looked into where the `video` extra is there."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from curate.media.rules import Limits, MediumFaultError
from schemas.errors import MissingExtraError, installing

if TYPE_CHECKING:
    from av import VideoFrame

HEAD = 4096
FRAME_QUALITY = 92
EXTENSIONS = ("mp4", "mov", "webm", "mkv", "avi")
OLD_QUICKTIME = (b"moov", b"mdat", b"wide", b"free", b"skip")


@dataclass(frozen=True, slots=True)
class Video:
    """A video: width and height in pixels, duration in seconds; null where nothing could look."""

    width: int | None = None
    height: int | None = None
    fps: float | None = None
    duration: float | None = None


def video_format(head: bytes) -> str | None:
    """The container that a file's first bytes tell, as a file extension."""
    if head[4:8] == b"ftyp":
        return "mov" if head[8:12] == b"qt  " else "mp4"
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "webm" if b"webm" in head[:HEAD] else "mkv"
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return "avi"
    return "mov" if head[4:8] in OLD_QUICKTIME else None


def look_into(path: Path, limits: Limits) -> Video:
    """Size, rate and length of a video file, after decoding its first frame.

    Without the `video` extra all are null. Raises MediumFaultError.
    """
    return _looked_into(path, limits) if has_reader() else Video()


def sampled_frames(path: Path, count: int, limits: Limits) -> list[bytes]:
    """`count` frames of a video file, evenly spread, as JPEG files; all of a shorter video.

    Frame i of n is the one in the middle of the i-th of n equal stretches. Raises MediumFaultError.
    """
    import av

    try:
        total = sum(1 for _frame in _decoded(path, limits))
        if not total:
            raise MediumFaultError("unreadable_media", "the video has no frame")
        wanted = {(2 * place + 1) * total // (2 * count) for place in range(count)}
        frames = enumerate(_decoded(path, limits))
        return [_jpeg(frame) for number, frame in frames if number in wanted]
    except (av.FFmpegError, ValueError, OSError) as error:
        raise MediumFaultError("unreadable_media", f"the video does not decode: {error}") from error


def first_frame(path: Path, limits: Limits) -> bytes:
    """The first frame of a video file as a JPEG file. Raises MediumFaultError."""
    import av

    try:
        frame = next(_decoded(path, limits), None)
    except (av.FFmpegError, ValueError, OSError) as error:
        raise MediumFaultError("unreadable_media", f"the video does not decode: {error}") from error
    if frame is None:
        raise MediumFaultError("unreadable_media", "the video has no frame")
    return _jpeg(frame)


@cache
def has_reader() -> bool:
    """Whether the `video` extra is there."""
    return find_spec("av") is not None


def require_reader() -> None:
    """Nothing where the `video` extra is there, else MissingExtraError."""
    if not has_reader():
        raise MissingExtraError("frames of videos need PyAV", installing("video"))


def _decoded(path: Path, limits: Limits) -> "Iterator[VideoFrame]":
    import av

    with av.open(str(path)) as container:
        stream = next(iter(container.streams.video), None)
        if stream is None:
            raise MediumFaultError("unreadable_media", "the file holds no video")
        limits.check_size(stream.width, stream.height)
        yield from container.decode(stream)


def _jpeg(frame: "VideoFrame") -> bytes:
    target = BytesIO()
    picture = frame.to_image()  # type: ignore[no-untyped-call]  # PyAV leaves it untyped
    picture.save(target, "JPEG", quality=FRAME_QUALITY)
    return target.getvalue()


def _looked_into(path: Path, limits: Limits) -> Video:
    import av

    try:
        with av.open(str(path)) as container:
            stream = next(iter(container.streams.video), None)
            if stream is None:
                raise MediumFaultError("unreadable_media", "the file holds no video")
            limits.check_size(stream.width, stream.height)
            if next(container.decode(stream), None) is None:
                raise MediumFaultError("unreadable_media", "the video has no frame")
            seconds = container.duration / av.time_base if container.duration else None
            rate = float(stream.average_rate) if stream.average_rate else None
            return Video(stream.width, stream.height, rate, seconds)
    except (av.FFmpegError, ValueError, OSError) as error:
        raise MediumFaultError("unreadable_media", f"the video does not decode: {error}") from error
