"""Videos are told by their first bytes, and looked into where the `video` extra is there."""

from pathlib import Path

import pytest

from curate import video
from curate.media_rules import Limits, MediumFaultError
from curate.video import Video, look_into, video_format


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
    monkeypatch.setattr(video, "_has_reader", lambda: False)
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
