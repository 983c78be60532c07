"""What every row of MM-RLHF says of its prompt: the picture or video, the id, the category."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from curate.sources.media import media_of, video_of
from curate.sources.record import SourceMedium
from curate.sources.shaping import BadRowError, as_name

RATER = "mm-rlhf"


def medium_of_row(values: Mapping[str, Any], root: Path) -> list[SourceMedium]:
    """The row's picture, its video (a folder of frames or a file), or nothing; never both."""
    images = media_of(values.get("image"), "image", "image")
    videos = video_of(values.get("video"), root)
    if images and videos:
        raise BadRowError("the row has both an image and a video")
    return [*images, *videos]


def attributes_of_row(values: Mapping[str, Any], media: list[SourceMedium]) -> dict[str, str]:
    """`id`, and `category`: as the row says, else the first folder of the medium's path.

    These are mcq, long, short and safety; a video is `video`.
    """
    said = as_name(values.get("category"), "category")
    found = {"id": as_name(values.get("id"), "id"), "category": said or _category(media)}
    return {name: text for name, text in found.items() if text is not None}


def _category(media: list[SourceMedium]) -> str | None:
    if not media:
        return None
    if media[0].kind != "image":
        return "video"
    folder, slash, _ = (media[0].path or "").partition("/")
    return folder if slash and folder.strip(".") else None
