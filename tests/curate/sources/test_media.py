from pathlib import Path
from typing import Any

import pytest

from curate.sources.media import all_media, is_folder_below, media_of, medium_of, video_of
from curate.sources.record import SourceMedium
from curate.sources.shaping import BadRowError


@pytest.mark.parametrize("path", ["a/1.png", "https://h/1.png", "data:image/png;base64,AA=="])
def test_text_is_a_path_or_an_address(path: str) -> None:
    assert medium_of(path) == SourceMedium("image", path=path)


def test_struct_of_bytes_and_path_keeps_both() -> None:
    assert medium_of({"bytes": b"x", "path": "1.png"}) == SourceMedium("image", "1.png", b"x")
    assert medium_of({"bytes": None, "path": "1.png"}) == SourceMedium("image", "1.png")
    assert medium_of(bytearray(b"x")) == SourceMedium("image", data=b"x")


@pytest.mark.parametrize("value", [None, "", "  ", []])
def test_nothing_is_no_medium(value: Any) -> None:
    assert media_of(value) == []


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (7, "image is int 7"),
        ({"url": "x"}, "not a path"),
        ({"bytes": None, "path": None}, "neither bytes nor path"),
        ({"bytes": "aGk=", "path": None}, "JSON holds no bytes"),
        ({"bytes": None, "path": 3}, r"image\.path is int 3"),
        ("", "not a path"),
        ([["a"]], "not a path"),
    ],
)
def test_value_that_names_no_medium_is_a_bad_type(value: Any, what: str) -> None:
    with pytest.raises(BadRowError, match=what):
        medium_of(value)


def test_null_in_a_list_of_images_is_named_by_its_place() -> None:
    with pytest.raises(BadRowError, match=r"images\[1\] is NoneType"):
        media_of(["a.png", None])


def test_video_is_frames_where_its_path_is_a_folder_below_the_root(tmp_path: Path) -> None:
    (tmp_path / "video" / "clip").mkdir(parents=True)
    (tmp_path / "video" / "clip.mp4").write_bytes(b"")
    found = [medium.kind for medium in video_of(["video/clip", "video/clip.mp4"], tmp_path)]
    assert found == ["frames", "video"]


def test_folder_outside_the_root_is_never_looked_at(tmp_path: Path) -> None:
    root = tmp_path / "set"
    (tmp_path / "secret").mkdir()
    root.mkdir()
    (root / "link").symlink_to(tmp_path / "secret")
    for path in ("../secret", str(tmp_path / "secret"), "link", ".", "", "a\0b", "https://h/x"):
        assert not is_folder_below(root, path)


def test_folder_test_survives_any_path(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    for path in ("loop", "x" * 5000, "\ud800", "a/" * 3000):
        assert not is_folder_below(tmp_path, path)


def test_images_of_a_row_come_before_its_video(tmp_path: Path) -> None:
    found = all_media(["1.png", "2.png"], "clip.mp4", tmp_path)
    assert [medium.path for medium in found] == ["1.png", "2.png", "clip.mp4"]
