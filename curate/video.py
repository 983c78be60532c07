"""Video files: told by their first bytes, and looked into where the `video` extra is there."""

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from curate.media_rules import Limits, MediumFaultError

HEAD = 4096
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
    return _looked_into(path, limits) if _has_reader() else Video()


@cache
def _has_reader() -> bool:
    return find_spec("av") is not None


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
