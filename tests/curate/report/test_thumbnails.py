import base64
import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from curate.report.thumbnails import thumbnail
from tests.support.pairs import frames, picture, stored


def opened(uri: str | None) -> Image.Image:
    assert uri is not None
    head, _, data = uri.partition(",")
    assert head == "data:image/jpeg;base64"
    return Image.open(io.BytesIO(base64.b64decode(data)))


def test_a_picture_becomes_a_small_jpeg(tmp_path: Path) -> None:
    medium = picture(tmp_path, 1, "png", side=900)
    assert opened(thumbnail(tmp_path, medium.model_dump(), side=320)).size == (320, 320)


def test_frames_show_their_first(tmp_path: Path) -> None:
    assert opened(thumbnail(tmp_path, frames(tmp_path, [1, 2]).model_dump(), side=320)).size[0] > 0


def test_what_is_transparent_is_white(tmp_path: Path) -> None:
    data = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(data, "PNG")
    medium = stored(tmp_path, data.getvalue(), "png")
    small = opened(thumbnail(tmp_path, medium.model_dump(), side=320))
    assert small.getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize(
    "change",
    [
        {"file": None, "sha256": None},
        {"kind": "video"},
        {"file": "ff" * 32 + ".png"},
    ],
)
def test_where_there_is_nothing_to_show_there_is_none(
    change: dict[str, Any], tmp_path: Path
) -> None:
    medium = picture(tmp_path, 1, "png").model_dump() | change
    assert thumbnail(tmp_path, medium, side=320) is None


def test_a_damaged_file_is_passed_over(tmp_path: Path) -> None:
    medium = stored(tmp_path, b"\x89PNG\r\n\x1a\nno picture", "png")
    assert thumbnail(tmp_path, medium.model_dump(), side=320) is None
