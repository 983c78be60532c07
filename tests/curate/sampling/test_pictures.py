"""Media of the store as pictures that are sent."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from annotate.base import GiveUp
from curate.media.store import MediaStore
from curate.sampling.pictures import Pictures, evenly
from schemas.candidate import Medium
from tests.support.pictures import picture_bytes
from tests.support.sampling import film


@pytest.fixture
def store(tmp_path: Path) -> MediaStore:
    return MediaStore(tmp_path / "media")


def test_a_small_picture_goes_out_as_it_is(store: MediaStore) -> None:
    data = picture_bytes()
    (found,) = Pictures(store, 64, 8).of(store.put_picture(data))
    assert (found.data, found.mime_type) == (data, "image/png")


def test_a_large_picture_is_scaled_down(store: MediaStore) -> None:
    medium = store.put_picture(picture_bytes(size=(300, 100)))
    (found,) = Pictures(store, 60, 8).of(medium)
    assert Image.open(BytesIO(found.data)).size == (60, 20)


def test_frames_are_thinned_out_evenly(store: MediaStore) -> None:
    data = [picture_bytes(colour=colour) for colour in range(9)]
    found = Pictures(store, 64, 3).of(store.put_frames(data))
    assert [it.data for it in found] == [data[1], data[4], data[7]]


def test_a_video_file_is_sent_as_frames(store: MediaStore, tmp_path: Path) -> None:
    pytest.importorskip("av")
    medium = store.put_video(BytesIO(film(tmp_path / "film.mp4", 10).read_bytes()))
    found = Pictures(store, 16, 4).of(medium)
    assert [it.mime_type for it in found] == ["image/jpeg"] * 4
    assert Image.open(BytesIO(found[0].data)).size == (16, 16)


def test_a_medium_is_read_once_for_all_its_calls(store: MediaStore) -> None:
    medium = store.put_picture(picture_bytes())
    pictures = Pictures(store, 64, 8)
    first = pictures.of(medium)
    store.path_of(str(medium.file)).unlink()
    assert pictures.of(medium) is first


@pytest.mark.parametrize("content", [None, b"no picture"])
def test_what_cannot_be_read_is_given_up(store: MediaStore, content: bytes | None) -> None:
    medium = store.put_picture(picture_bytes())
    path = store.path_of(str(medium.file))
    path.unlink()
    if content:
        path.write_bytes(content)
    with pytest.raises(GiveUp, match=str(medium.sha256)):
        Pictures(store, 64, 8).of(medium)


@given(st.lists(st.integers(), max_size=30, unique=True), st.integers(1, 10))
def test_even_choices_keep_order_and_number(items: list[int], count: int) -> None:
    found = evenly(items, count)
    assert len(found) == min(len(items), count)
    assert list(found) == [it for it in items if it in found]


def test_a_kept_unread_medium_has_no_picture(store: MediaStore) -> None:
    assert Pictures(store, 64, 8).of(Medium(kind="frames")) == ()
