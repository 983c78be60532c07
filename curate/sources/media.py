"""Media as sources write them: a path, a URL, a data: URI, bytes, or a struct of bytes and path."""

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from curate.sources.record import SourceMedium
from curate.sources.shaping import BadRowError, shown, wrong_type
from schemas.candidate import MediaKind

STRUCT_KEYS = {"bytes", "path"}


def media_of(value: Any, kind: MediaKind = "image", place: str = "images") -> list[SourceMedium]:
    """The media of a column that holds one, a list of them, or nothing (null or blank)."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return []
    if isinstance(value, (list, tuple)):
        return [medium_of(one, kind, f"{place}[{n}]") for n, one in enumerate(value)]
    return [medium_of(value, kind, place)]


def medium_of(value: Any, kind: MediaKind = "image", place: str = "image") -> SourceMedium:
    """One medium, unread. Raises BadRowError for a value that names none."""
    if isinstance(value, str) and value.strip():
        return SourceMedium(kind, path=value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return SourceMedium(kind, data=bytes(value))
    if isinstance(value, Mapping) and set(value) <= STRUCT_KEYS:
        return _of_struct(value, kind, place)
    raise wrong_type(value, place, "a path, a URL, a data: URI or {bytes, path}")


def _of_struct(value: Mapping[str, Any], kind: MediaKind, place: str) -> SourceMedium:
    data, path = value.get("bytes"), value.get("path")
    if path is not None and not isinstance(path, str):
        raise wrong_type(path, f"{place}.path", "text")
    if isinstance(data, (bytes, bytearray, memoryview)):
        return SourceMedium(kind, path=path, data=bytes(data))
    if data is not None:
        raise BadRowError(
            f"{place}.bytes is {type(data).__name__} {shown(data)}, not bytes; "
            "JSON holds no bytes: give a data: URI as the path"
        )
    if not path:
        raise BadRowError(f"{place} has neither bytes nor path")
    return SourceMedium(kind, path=path)


def video_of(value: Any, root: Path, place: str = "video") -> list[SourceMedium]:
    """A video: a file, or a folder of frames where the path names a folder below `root`."""
    if isinstance(value, (list, tuple)):
        return [
            medium for n, one in enumerate(value) for medium in video_of(one, root, f"{place}[{n}]")
        ]
    media = media_of(value, "video", place)
    return [
        SourceMedium("frames", path=medium.path)
        if medium.data is None and medium.path and is_folder_below(root, medium.path)
        else medium
        for medium in media
    ]


def is_folder_below(root: Path, path: str) -> bool:
    """Whether a source's path is a folder that stays below the root, links resolved."""
    if "\0" in path or "://" in path or path.startswith("data:"):
        return False
    if PurePosixPath(path).is_absolute() or not path.strip("./"):
        return False
    try:
        target = (root / path).resolve()
        return target.is_relative_to(root.resolve()) and target.is_dir()
    except (OSError, ValueError, RuntimeError):
        return False


def all_media(
    images: Any, video: Any, root: Path, places: Sequence[str] = ("images", "video")
) -> list[SourceMedium]:
    """A row's images, then its video."""
    return [*media_of(images, "image", places[0]), *video_of(video, root, places[1])]
