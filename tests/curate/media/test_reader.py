"""Media as sources name them: paths, folders of frames, URLs, data: URIs and bytes."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.media.frames import frame_names, natural_order
from curate.media.reader import MediaReader
from curate.media.remote import Fetcher
from curate.media.rules import Limits, MediumFaultError
from curate.media.store import MediaStore
from curate.sources.record import SourceMedium
from tests.support.hostile import LOCAL
from tests.support.pictures import picture_bytes, write_picture
from tests.support.web_server import everywhere_public, leading_to, send, web_server


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "root").mkdir()
    return tmp_path / "root"


@pytest.fixture
def reader(tmp_path: Path, root: Path) -> Iterator[MediaReader]:
    with MediaReader(MediaStore(tmp_path / "media"), root) as reader:
        yield reader


def fault_of(reader: MediaReader, medium: SourceMedium) -> MediumFaultError:
    with pytest.raises(MediumFaultError) as caught:
        reader.read(medium)
    return caught.value


def test_path_bytes_and_data_uri_of_one_picture_are_one_medium(reader: MediaReader) -> None:
    data = picture_bytes()
    write_picture(reader.root / "in" / "a.jpg")
    uri = f"data:image/png;base64,{base64.b64encode(data).decode()}"
    asked = [
        SourceMedium(path="in/a.jpg"),
        SourceMedium(data=data, path="b.png"),
        SourceMedium(data=data),
        SourceMedium(path=uri),
    ]
    found = [reader.read(medium) for medium in asked]
    assert len({medium.sha256 for medium in found}) == 1
    assert [medium.path for medium in found] == ["in/a.jpg", "b.png", None, None]


def test_same_path_is_read_once(reader: MediaReader) -> None:
    path = write_picture(reader.root / "a.png")
    first = reader.submit(SourceMedium(path="a.png"))
    first.result()
    path.unlink()
    assert reader.submit(SourceMedium(path="a.png")).result() == first.result()


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("not/there.png", "missing_media"),
        ("../media/x.png", "unsafe_path"),
        (LOCAL, "unsafe_path"),
        (LOCAL.replace("file", "FILE"), "unsafe_path"),
        ("http://pictures.example/a.png", "remote_not_allowed"),
        ("https://pictures.example/a.png", "remote_not_allowed"),
        ("s3://bucket/a.png", "remote_not_allowed"),
        ("data:image/png;base64,AAAA", "unreadable_media"),
        ("data:image/svg+xml,<svg/>", "unreadable_media"),
        ("\udc80.png", "bad_encoding"),
        ("text.png", "unreadable_media"),
        ("empty.png", "unreadable_media"),
        ("folder", "unreadable_media"),
    ],
)
def test_medium_that_cannot_be_taken_has_a_reason(
    reader: MediaReader, path: str, reason: str
) -> None:
    (reader.root / "text.png").write_text("not a picture")
    (reader.root / "empty.png").touch()
    (reader.root / "folder").mkdir()
    assert fault_of(reader, SourceMedium(path=path)).reason == reason


def test_medium_with_neither_path_nor_bytes_is_missing(reader: MediaReader) -> None:
    assert fault_of(reader, SourceMedium()).reason == "missing_media"


def test_remote_picture_is_read_where_it_is_allowed(tmp_path: Path, root: Path) -> None:
    with web_server(lambda handler: send(handler, picture_bytes())) as port:
        fetcher = Fetcher(5, everywhere_public, leading_to(port))
        with MediaReader(MediaStore(tmp_path / "media"), root, fetcher) as reader:
            medium = reader.read(SourceMedium(path="http://pictures.example/a.png"))
    assert (medium.path, medium.width) == ("http://pictures.example/a.png", 8)


def test_file_over_the_limit_is_not_read_into_memory(tmp_path: Path, root: Path) -> None:
    with (root / "big.png").open("wb") as file:
        file.truncate(10**12)
    with MediaReader(MediaStore(tmp_path / "media"), root) as reader:
        assert fault_of(reader, SourceMedium(path="big.png")).reason == "oversized_media"


@pytest.mark.parametrize("kind", ["frames", "video"])
def test_folder_of_pictures_is_frames_in_natural_order(reader: MediaReader, kind: str) -> None:
    for number, shade in ((10, 99), (2, 20), (1, 1)):
        write_picture(reader.root / "clip" / f"frame{number}.png", colour=shade)
    (reader.root / "clip" / ".hidden.png").write_bytes(b"x")
    (reader.root / "clip" / "notes.txt").write_text("x")
    medium = reader.read(SourceMedium(kind, path="clip"))  # type: ignore[arg-type]
    wanted = [
        MediaStore(reader.root / "x").put_picture(picture_bytes(colour=c)).file for c in (1, 20, 99)
    ]
    assert (medium.kind, list(medium.frames)) == ("frames", wanted)


def test_frame_that_links_out_of_the_root_is_unsafe(reader: MediaReader) -> None:
    outside = write_picture(reader.root.parent / "outside.png")
    write_picture(reader.root / "clip" / "1.png")
    (reader.root / "clip" / "2.png").symlink_to(outside)
    assert fault_of(reader, SourceMedium("frames", path="clip")).reason == "unsafe_path"


def test_folder_without_pictures_is_missing(reader: MediaReader) -> None:
    (reader.root / "clip").mkdir()
    assert fault_of(reader, SourceMedium("frames", path="clip")).reason == "missing_media"


def test_too_many_frames_are_oversized(tmp_path: Path, root: Path) -> None:
    for number in range(4):
        write_picture(root / "clip" / f"{number}.png")
    with MediaReader(MediaStore(tmp_path / "media", Limits(frames=3)), root) as reader:
        assert fault_of(reader, SourceMedium("frames", path="clip")).reason == "oversized_media"


def test_numbers_in_names_sort_as_numbers() -> None:
    names = ["frame10.png", "frame2.png", "frame02.png", "a1b10.png", "a1b9.png", "x.png"]
    assert sorted(names, key=natural_order) == [
        "a1b9.png",
        "a1b10.png",
        "frame02.png",
        "frame2.png",
        "frame10.png",
        "x.png",
    ]


@given(st.lists(st.text(max_size=12), max_size=8))
def test_any_names_have_one_order(names: list[str]) -> None:
    backwards = names[::-1]
    assert sorted(backwards, key=natural_order) == sorted(names, key=natural_order)


def test_frame_names_leave_out_what_is_no_picture(tmp_path: Path) -> None:
    for name in ("b.PNG", "a.jpeg", "c.txt", ".d.png"):
        (tmp_path / name).touch()
    assert frame_names(tmp_path) == ["a.jpeg", "b.PNG"]
