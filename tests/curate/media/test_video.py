"""Videos are told by their first bytes, and looked into where the `video` extra is there."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageStat

from curate.media import video
from curate.media.rules import Limits, MediumFaultError
from curate.media.store import MediaStore
from curate.media.video import Video, look_into, sampled_frames, video_format
from schemas.errors import MissingExtraError


@pytest.mark.parametrize(
    ("head", "extension"),
    [
        (b"\0\0\0\x20ftypisom", "mp4"),
        (b"\0\0\0\x14ftypqt  ", "mov"),
        (b"\0\0\0\x08wide\0\0\0\0mdat", "mov"),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01webm", "webm"),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01matroska", "mkv"),
        (b"RIFF\0\0\0\0AVI LIST", "avi"),
        (b"RIFF\0\0\0\0WAVEfmt ", None),
        (b"<html><body>", None),
        (b"", None),
    ],
)
def test_container_is_told_by_its_first_bytes(head: bytes, extension: str | None) -> None:
    assert video_format(head) == extension


def test_video_is_not_looked_into_without_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(video, "has_reader", lambda: False)
    assert look_into(tmp_path / "not there", Limits()) == Video()


def write_clip(path: Path) -> None:
    """A second of 32 x 16 pixels at 10 frames a second."""
    av = pytest.importorskip("av", reason="the video extra (PyAV) is not installed")
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 32, 16, "yuv420p"
        for _ in range(10):
            container.mux(stream.encode(av.VideoFrame(32, 16, "yuv420p")))
        container.mux(stream.encode(None))


def test_size_rate_and_length_are_read_with_the_extra(tmp_path: Path) -> None:
    write_clip(tmp_path / "clip.mp4")
    found = look_into(tmp_path / "clip.mp4", Limits())
    assert (found.width, found.height, found.fps) == (32, 16, 10.0)
    assert found.duration == pytest.approx(1.0, abs=0.11)


def test_truncated_video_is_unreadable_with_the_extra(tmp_path: Path) -> None:
    write_clip(tmp_path / "clip.mp4")
    data = (tmp_path / "clip.mp4").read_bytes()
    (tmp_path / "clip.mp4").write_bytes(data[: len(data) // 3])
    with pytest.raises(MediumFaultError) as caught:
        look_into(tmp_path / "clip.mp4", Limits())
    assert caught.value.reason == "unreadable_media"


def test_video_of_too_many_pixels_is_oversized_with_the_extra(tmp_path: Path) -> None:
    write_clip(tmp_path / "clip.mp4")
    with pytest.raises(MediumFaultError) as caught:
        look_into(tmp_path / "clip.mp4", Limits(picture_pixels=100))
    assert caught.value.reason == "oversized_media"


def test_frames_are_sampled_evenly_and_a_short_video_gives_all_it_has(tmp_path: Path) -> None:
    write_shades(tmp_path / "clip.mp4", count=10)
    shades = [shade(data) for data in sampled_frames(tmp_path / "clip.mp4", 5, Limits())]
    assert shades == pytest.approx([20, 60, 100, 140, 180], abs=12)
    assert len(sampled_frames(tmp_path / "clip.mp4", 50, Limits())) == 10


def test_a_video_can_be_kept_as_frames_with_its_rate_and_length(tmp_path: Path) -> None:
    write_shades(tmp_path / "clip.mp4", count=10)
    store = MediaStore(tmp_path / "media", video_frames=4)
    with (tmp_path / "clip.mp4").open("rb") as file:
        medium = store.put_video(file, "clip.mp4")
    assert (medium.kind, medium.file, len(medium.frames)) == ("frames", None, 4)
    assert (medium.fps, medium.path) == (10.0, "clip.mp4")
    assert all(store.path_of(name).is_file() for name in medium.frames)


def test_sampling_without_the_extra_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(video, "has_reader", lambda: False)
    with pytest.raises(MissingExtraError, match=r"pairwright\[video\]"):
        video.require_reader()


def write_shades(path: Path, count: int) -> None:
    """Frames that grow lighter: frame i is grey of 20 * i, 64 x 64 pixels, 10 a second."""
    av = pytest.importorskip("av", reason="the video extra (PyAV) is not installed")
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for number in range(count):
            grey = Image.new("RGB", (64, 64), (20 * number,) * 3)
            container.mux(stream.encode(av.VideoFrame.from_image(grey)))
        container.mux(stream.encode(None))


def shade(data: bytes) -> float:
    """The mean grey of a picture file."""
    with Image.open(io.BytesIO(data)) as picture:
        return float(ImageStat.Stat(picture.convert("L")).mean[0])
