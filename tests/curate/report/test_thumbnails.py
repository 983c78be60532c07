import base64
import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from curate.media.stored import StoredMedia
from curate.report.thumbnails import Thumbnails
from schemas.candidate import Medium
from tests.support.pairs import frames, picture, stored


def uri(store: Path, medium: Medium, side: int = 320, **changes: Any) -> str | None:
    return Thumbnails(StoredMedia(store), store / "cache" / str(side), side).uri(
        medium.model_dump() | changes
    )


def opened(made: str | None) -> Image.Image:
    assert made is not None
    head, _, data = made.partition(",")
    assert head == "data:image/jpeg;base64"
    return Image.open(io.BytesIO(base64.b64decode(data)))


@pytest.mark.parametrize("extension", ["png", "jpg"])
def test_a_picture_becomes_a_small_jpeg(tmp_path: Path, extension: str) -> None:
    medium = picture(tmp_path, 1, extension, side=900)
    assert opened(uri(tmp_path, medium)).size == (320, 320)
    assert opened(uri(tmp_path, medium, 64)).size == (64, 64)


def test_frames_show_their_first(tmp_path: Path) -> None:
    assert opened(uri(tmp_path, frames(tmp_path, [1, 2]))).size[0] > 0


def test_what_is_transparent_is_white(tmp_path: Path) -> None:
    data = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(data, "PNG")
    small = opened(uri(tmp_path, stored(tmp_path, data.getvalue(), "png")))
    assert small.getpixel((4, 4)) == (255, 255, 255)


def test_a_thumbnail_is_made_once(tmp_path: Path) -> None:
    medium = picture(tmp_path, 1, "png")
    first = uri(tmp_path, medium)
    assert medium.file is not None
    (tmp_path / medium.file[:2] / medium.file).unlink()
    assert uri(tmp_path, medium) == first
    assert not list((tmp_path / "cache").rglob(".*"))


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
    assert uri(tmp_path, picture(tmp_path, 1, "png"), **change) is None


def test_a_damaged_file_is_passed_over(tmp_path: Path) -> None:
    medium = stored(tmp_path, b"\x89PNG\r\n\x1a\nno picture", "png")
    assert uri(tmp_path, medium) is None
    assert not (tmp_path / "cache").exists()
