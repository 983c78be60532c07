"""The store holds each content once, whole, under the name of its digest."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest

from curate.media import store as media
from curate.media.pictures import Picture, check_picture
from curate.media.rules import Limits, MediumFaultError
from curate.media.store import INCOMING, MediaStore
from tests.support.pictures import picture_bytes

WEBM = b"\x1aE\xdf\xa3\x01\0\0\0webm" + bytes(5000)


@pytest.fixture
def store(tmp_path: Path) -> MediaStore:
    return MediaStore(tmp_path / "media")


def names(store: MediaStore) -> list[str]:
    """Every file of the store, relative to it."""
    found = store.folder.rglob("*")
    return sorted(str(path.relative_to(store.folder)) for path in found if path.is_file())


def test_picture_lies_under_its_digest_with_its_real_extension(store: MediaStore) -> None:
    data = picture_bytes("JPEG", size=(9, 5))
    medium = store.put_picture(data, "photos/a.png")
    digest = hashlib.sha256(data).hexdigest()
    assert names(store) == [f"{digest[:2]}/{digest}.jpg"]
    assert store.path_of(f"{digest}.jpg").read_bytes() == data
    assert medium.model_dump(exclude_defaults=True) == {
        "kind": "image",
        "sha256": digest,
        "file": f"{digest}.jpg",
        "path": "photos/a.png",
        "width": 9,
        "height": 5,
    }


def test_same_content_is_stored_and_decoded_once(
    store: MediaStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded: list[bool] = []

    def counted(data: bytes, limits: Limits, *, decode: bool = True) -> Picture:
        decoded.append(decode)
        return check_picture(data, limits, decode=decode)

    monkeypatch.setattr(media, "check_picture", counted)
    first = store.put_picture(picture_bytes(), "a.png")
    again = store.put_picture(picture_bytes(), "b.png")
    assert decoded == [True, False]
    assert len(names(store)) == 1
    assert again == first.model_copy(update={"path": "b.png"})


def test_faulty_picture_leaves_nothing_behind(store: MediaStore) -> None:
    with pytest.raises(MediumFaultError):
        store.put_picture(b"no picture")
    assert names(store) == []


def test_file_that_was_cut_short_in_the_store_is_written_again(store: MediaStore) -> None:
    data = picture_bytes()
    file = str(store.put_picture(data).file)
    store.path_of(file).write_bytes(data[:5])
    store.put_picture(data)
    assert store.path_of(file).read_bytes() == data


def test_write_that_fails_leaves_no_file_under_a_final_name(
    store: MediaStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(media, "sync_file", full)
    with pytest.raises(OSError, match="No space"):
        store.put_picture(picture_bytes())
    assert names(store) == []


def test_frames_are_one_medium_by_their_ordered_digests(store: MediaStore) -> None:
    pictures = [picture_bytes(colour=shade) for shade in (0, 50)]
    medium = store.put_frames(pictures, "clip")
    digests = [hashlib.sha256(data).hexdigest() for data in pictures]
    assert medium.frames == tuple(f"{digest}.png" for digest in digests)
    assert medium.sha256 == hashlib.sha256(f"{digests[0]}\n{digests[1]}\n".encode()).hexdigest()
    assert (medium.kind, medium.file, medium.width, medium.height) == ("frames", None, 8, 6)


def test_frames_in_another_order_are_another_medium(store: MediaStore) -> None:
    pictures = [picture_bytes(colour=shade) for shade in (0, 50)]
    assert store.put_frames(pictures).sha256 != store.put_frames(reversed(pictures)).sha256


def test_fault_of_a_frame_says_which_frame(store: MediaStore) -> None:
    with pytest.raises(MediumFaultError) as caught:
        store.put_frames([picture_bytes(), b"no picture"])
    assert caught.value.reason == "unreadable_media"
    assert caught.value.detail.startswith("frame 2: ")


def test_no_frames_are_missing(store: MediaStore) -> None:
    with pytest.raises(MediumFaultError) as caught:
        store.put_frames([])
    assert caught.value.reason == "missing_media"


def test_video_is_kept_as_it_is(store: MediaStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("curate.media.video.has_reader", lambda: False)
    medium = store.put_video(BytesIO(WEBM), "clip.mp4")
    digest = hashlib.sha256(WEBM).hexdigest()
    assert (medium.kind, medium.file, medium.path) == ("video", f"{digest}.webm", "clip.mp4")
    assert store.path_of(f"{digest}.webm").read_bytes() == WEBM


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "unreadable_media"), (b"<html>", "unreadable_media"), (WEBM, "oversized_media")],
)
def test_what_is_no_video_or_too_large_is_a_fault(tmp_path: Path, data: bytes, reason: str) -> None:
    store = MediaStore(tmp_path, Limits(video_bytes=1000))
    with pytest.raises(MediumFaultError) as caught:
        store.put_video(BytesIO(data))
    assert caught.value.reason == reason
    assert names(store) == []


def test_threads_that_put_the_same_picture_leave_one_whole_file(store: MediaStore) -> None:
    data = picture_bytes(size=(200, 200))
    with ThreadPoolExecutor(8) as pool:
        media_put = list(pool.map(lambda _n: store.put_picture(data), range(40)))
    assert len(set(media_put)) == 1
    assert len(names(store)) == 1


def test_leftovers_of_a_killed_run_are_cleared_and_media_stay(store: MediaStore) -> None:
    kept = str(store.put_picture(picture_bytes()).file)
    (store.folder / INCOMING / "99-0").write_bytes(b"half")
    store.clear_incoming()
    assert names(store) == [f"{kept[:2]}/{kept}"]


def test_settle_brings_every_folder_that_was_written_to_the_disk(
    store: MediaStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(media, "sync_folder", synced.append)
    file = str(store.put_picture(picture_bytes()).file)
    store.settle()
    store.settle()
    assert synced == [store.folder, store.folder / file[:2]]


def test_pictures_come_to_their_names_when_the_store_is_filled(store: MediaStore) -> None:
    data = picture_bytes()
    with store.filling():
        first = store.put_picture(data)
        again = store.put_picture(data)
        assert not store.has(str(first.file))
    assert again == first
    assert store.read(str(first.file)) == data
    assert names(store) == [f"{str(first.file)[:2]}/{first.file}"]


def break_off(store: MediaStore) -> None:
    with store.filling():
        store.put_picture(picture_bytes())
        raise ValueError("broke")


def test_filling_that_breaks_off_leaves_nothing_half_written(store: MediaStore) -> None:
    with pytest.raises(ValueError, match="broke"):
        break_off(store)
    assert names(store) == []
