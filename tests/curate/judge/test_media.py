"""Pictures as they are sent: read when their call comes, scaled once, videos as frames."""

import io
import threading
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from annotate.prompting.pictures import scaled
from curate.media import sent
from curate.media.sent import Pictures
from curate.media.store import MediaStore
from curate.media.video import has_reader
from schemas.candidate import Medium
from tests.support.judge_runs import judging, saying
from tests.support.pictures import picture_bytes
from tests.support.workspaces import Bench

CACHE = ".cache/pictures"


class Model:
    """Keeps the pictures that it is sent."""

    def __init__(self) -> None:
        self.seen: list[list[bytes]] = []

    def __call__(self, body: dict[str, Any]) -> str:
        parts = body["contents"][0]["parts"]
        self.seen.append(
            [b64decode(part["inlineData"]["data"]) for part in parts if "inlineData" in part]
        )
        return saying(3)


@pytest.fixture
def store(tmp_path: Path) -> MediaStore:
    return MediaStore(tmp_path / "workspace" / "media")


def bench_with(root: Path, *media: Medium) -> Bench:
    """One question about these media."""
    bench = Bench(root)
    bench.prompt("How many cups?", "Three.", "Two.", media=media)
    bench.write()
    return bench


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


def test_a_small_picture_is_sent_as_it_is(
    store: MediaStore, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = picture_bytes(size=(60, 40))
    bench_with(root, store.put_picture(data))
    model = Model()
    with judging(root, monkeypatch, answer=model) as judge:
        assert judge.json()["rated"] == 1
    assert model.seen == [[data], [data]]
    assert not (root / CACHE).exists()


def test_a_large_picture_is_scaled_once_and_kept(
    store: MediaStore, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    medium = store.put_picture(picture_bytes(size=(900, 300)))
    bench_with(root, medium)
    model = Model()
    small = "judge.max_side=300"
    with judging(root, monkeypatch, small, answer=model) as judge:
        judge()
        (kept,) = (root / CACHE).iterdir()
        written = kept.stat().st_mtime_ns
        judge("judge.samples=2")
    assert kept.name == f"{medium.sha256}-300.png"
    assert kept.stat().st_mtime_ns == written
    assert model.seen == [[kept.read_bytes()]] * 4
    with Image.open(kept) as image:
        assert image.size == (300, 100)


def test_the_cache_may_go_at_any_time(
    store: MediaStore, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench_with(root, store.put_picture(picture_bytes(size=(900, 300))))
    with judging(root, monkeypatch, "judge.max_side=300") as judge:
        judge()
        (kept,) = (root / CACHE).iterdir()
        before = kept.read_bytes()
        kept.unlink()
        judge("judge.samples=2")
    assert kept.read_bytes() == before


def test_several_pictures_go_in_their_order(
    store: MediaStore, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = [picture_bytes(colour=colour) for colour in (1, 2, 3)]
    bench_with(root, *map(store.put_picture, shown))
    model = Model()
    with judging(root, monkeypatch, "judge.orders=1", answer=model) as judge:
        judge()
    assert model.seen == [shown]


def test_frames_are_taken_evenly(
    store: MediaStore, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = [picture_bytes(colour=colour) for colour in range(10)]
    bench_with(root, store.put_frames(frames))
    model = Model()
    with judging(root, monkeypatch, "judge.orders=1", answer=model) as judge:
        judge("judge.frames=5")
        assert judge.json("judge.frames=20")["rated"] == 1, "other frames are another judgement"
    assert model.seen == [[frames[place] for place in (1, 3, 5, 7, 9)], frames]


@pytest.mark.skipif(not has_reader(), reason="needs the video extra")
def test_a_video_file_is_sent_as_frames_that_are_taken_once(
    store: MediaStore, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench_with(root, filmed(store))
    model = Model()
    with judging(root, monkeypatch, "judge.frames=4", answer=model) as judge:
        judge()
        (folder,) = (root / CACHE).iterdir()
    assert [len(sent) for sent in model.seen] == [4, 4]
    assert model.seen[0] == [path.read_bytes() for path in sorted(folder.iterdir())]


@pytest.mark.skipif(not has_reader(), reason="needs the video extra")
def test_without_the_extra_a_video_is_counted_and_not_sent(
    store: MediaStore, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench_with(root, filmed(store))
    monkeypatch.setattr("curate.judge.tables.has_reader", lambda: False)
    with judging(root, monkeypatch) as judge:
        done = judge.json()
    assert (done["planned"], done["failed"], judge.asked) == (1, {"needs_video_extra": 1}, 0)


def test_a_picture_that_was_never_there_is_counted_and_not_sent(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = bench_with(root, Medium(kind="image", path="gone.png"))
    bench.prompt("And without a picture?", "One.", "None.")
    bench.write()
    with judging(root, monkeypatch) as judge:
        for _ in range(2):
            done = judge.json()
            assert done["failed"] == {"missing_media": 1}
            assert (done["planned"], done["rated"] + done["cached"], judge.asked) == (2, 1, 2)


def test_a_picture_that_left_the_store_is_counted_and_not_sent(
    store: MediaStore, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    medium = store.put_picture(picture_bytes(size=(60, 40)))
    bench_with(root, medium)
    path = store.path_of(str(medium.file))
    data = path.read_bytes()
    path.unlink()
    with judging(root, monkeypatch) as judge:
        assert judge.json()["failed"] == {"missing_media": 1}
        assert judge.asked == 0
        assert not judge.events, "nothing was asked, so nothing stands"
        path.write_bytes(data)
        assert judge.json()["rated"] == 1


def test_a_picture_that_does_not_decode_fails_without_being_sent(
    store: MediaStore, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    medium = store.put_picture(picture_bytes(size=(900, 300)))
    bench_with(root, medium)
    store.path_of(str(medium.file)).write_bytes(b"no picture")
    with judging(root, monkeypatch, "judge.max_side=300") as judge:
        done = judge.json()
    assert (done["failed"], judge.asked) == ({"refused_by_server": 1}, 0)
    assert all("not sent" in event.failure.detail for event in judge.events if event.failure)


def test_only_what_must_be_decoded_is_slow(store: MediaStore, root: Path) -> None:
    reader = Pictures(root, max_side=300, frames=4)
    small, large = (
        store.put_picture(picture_bytes(size=(60, 40))),
        store.put_picture(picture_bytes(size=(900, 300))),
    )
    other = store.put_picture(picture_bytes("BMP", size=(60, 40)))
    assert not reader.slow([small])
    assert reader.slow([small, large])
    assert reader.slow([other])
    reader.of_all([large, other])
    assert not Pictures(root, max_side=300, frames=4).slow([large, other]), "they are kept"


def test_a_large_picture_is_scaled_off_the_event_loop(
    store: MediaStore, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_main: list[bool] = []

    def watched(data: bytes, max_side: int) -> tuple[bytes, str]:
        in_main.append(threading.current_thread() is threading.main_thread())
        return scaled(data, max_side)

    monkeypatch.setattr(sent, "scaled", watched)
    bench_with(root, store.put_picture(picture_bytes(size=(900, 300))))
    with judging(root, monkeypatch, "judge.max_side=300") as judge:
        judge()
    assert in_main == [False], "both orders come at once, and it is scaled once"


def filmed(store: MediaStore) -> Medium:
    """A video of twelve frames in the store."""
    import av

    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4") as container:
        stream = container.add_stream("mpeg4", rate=6)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for number in range(12):
            image = Image.new("RGB", (64, 48), (20 * number, 0, 0))
            frame = av.VideoFrame.from_image(image)  # type: ignore[no-untyped-call]  # as PyAV is
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    buffer.seek(0)
    return store.put_video(buffer)
