"""Media of the store as pictures that are sent."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from annotate.base import GiveUp, Picture
from curate.media.sent import Pictures
from curate.media.store import MediaStore
from schemas.candidate import Medium
from tests.support.pictures import picture_bytes
from tests.support.sampling import film


@pytest.fixture
def store(tmp_path: Path) -> MediaStore:
    return MediaStore(tmp_path / "media")


def sent(root: Path, medium: Medium, max_side: int = 64, frames: int = 8) -> tuple[Picture, ...]:
    return Pictures(root, max_side, frames).of(medium)


def test_a_small_picture_goes_out_as_it_is(store: MediaStore, tmp_path: Path) -> None:
    data = picture_bytes()
    (found,) = sent(tmp_path, store.put_picture(data))
    assert (found.data, found.mime_type) == (data, "image/png")


def test_a_large_picture_is_scaled_down(store: MediaStore, tmp_path: Path) -> None:
    medium = store.put_picture(picture_bytes(size=(300, 100)))
    (found,) = sent(tmp_path, medium, 60)
    assert Image.open(BytesIO(found.data)).size == (60, 20)


def test_frames_are_thinned_out_evenly(store: MediaStore, tmp_path: Path) -> None:
    data = [picture_bytes(colour=colour) for colour in range(9)]
    found = sent(tmp_path, store.put_frames(data), frames=3)
    assert [it.data for it in found] == [data[1], data[4], data[7]]


@pytest.mark.parametrize("frames", range(1, 7))
def test_fewer_frames_than_wanted_are_all_sent(
    store: MediaStore, tmp_path: Path, frames: int
) -> None:
    data = [picture_bytes(colour=colour) for colour in range(frames)]
    found = sent(tmp_path, store.put_frames(data), frames=6)
    assert [it.data for it in found] == data


def test_a_video_file_is_sent_as_frames(store: MediaStore, tmp_path: Path) -> None:
    pytest.importorskip("av")
    medium = store.put_video(BytesIO(film(tmp_path / "film.mp4", 10).read_bytes()))
    found = sent(tmp_path, medium, 16, 4)
    assert len(found) == 4
    assert Image.open(BytesIO(found[0].data)).size == (16, 16)


def test_a_medium_is_read_once_for_all_its_calls(store: MediaStore, tmp_path: Path) -> None:
    medium = store.put_picture(picture_bytes())
    pictures = Pictures(tmp_path, 64, 8)
    first = pictures.of(medium)
    store.path_of(str(medium.file)).unlink()
    assert pictures.of(medium) == first


@pytest.mark.parametrize("content", [None, b"no picture"])
def test_what_cannot_be_read_is_given_up(
    store: MediaStore, tmp_path: Path, content: bytes | None
) -> None:
    medium = store.put_picture(picture_bytes())
    path = store.path_of(str(medium.file))
    path.unlink()
    if content:
        path.write_bytes(content)
    with pytest.raises(GiveUp, match="not sent"):
        sent(tmp_path, medium)
