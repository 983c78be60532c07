import os
from pathlib import Path

import pytest

from curate.media.stored import StoredMedia
from export.pictures import MediaColumn, RefusedMediaError
from tests.support.pairs import picture, stored


def put(column: MediaColumn, *names: str | None) -> None:
    column.add(names, column.sizes(names))


def data(store: Path, name: str) -> bytes:
    return (store / name[:2] / name).read_bytes()


def test_array_holds_the_original_bytes_under_relative_names(tmp_path: Path) -> None:
    names = [str(picture(tmp_path, n, "jpg").file) for n in range(3)]
    column = MediaColumn("images", StoredMedia(tmp_path))
    put(column, names[0], names[1])
    put(column)
    put(column, names[2])
    rows = column.array().to_pylist()
    assert rows == [
        [{"bytes": data(tmp_path, name), "path": f"images/{name}"} for name in names[:2]],
        [],
        [{"bytes": data(tmp_path, names[2]), "path": f"images/{names[2]}"}],
    ]
    assert column.used == sum(len(data(tmp_path, name)) for name in names)


def test_cleared_column_starts_anew(tmp_path: Path) -> None:
    one, two = (str(picture(tmp_path, n).file) for n in range(2))
    column = MediaColumn("images", StoredMedia(tmp_path))
    put(column, one)
    column.clear()
    put(column, two)
    assert column.array().to_pylist() == [[{"bytes": data(tmp_path, two), "path": f"images/{two}"}]]


def test_a_refused_row_takes_its_first_files_back(tmp_path: Path) -> None:
    good = str(picture(tmp_path, 1).file)
    bad = str(stored(tmp_path, b"<html>", "png").file)
    column = MediaColumn("images", StoredMedia(tmp_path))
    put(column, good)
    with pytest.raises(RefusedMediaError, match="unreadable_media"):
        put(column, good, bad)
    put(column, good)
    assert [len(row) for row in column.array().to_pylist()] == [1, 1]


@pytest.mark.parametrize("name", [None, "0" * 64 + ".png"])
def test_a_file_that_is_not_in_the_store_is_refused(tmp_path: Path, name: str | None) -> None:
    with pytest.raises(RefusedMediaError, match="missing_media"):
        MediaColumn("images", StoredMedia(tmp_path)).sizes([name])


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedMediaError, match="missing_media"):
        put(MediaColumn("images", StoredMedia(tmp_path)), str(stored(tmp_path, b"", "png").file))


def test_a_folder_in_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    name = "ab" + "0" * 62 + ".png"
    (tmp_path / "ab" / name).mkdir(parents=True)
    with pytest.raises(RefusedMediaError, match="missing_media"):
        put(MediaColumn("images", StoredMedia(tmp_path)), name)


def test_a_file_that_is_cut_after_it_was_measured_is_refused(tmp_path: Path) -> None:
    name = str(picture(tmp_path).file)
    column = MediaColumn("images", StoredMedia(tmp_path))
    sizes = column.sizes([name])
    os.truncate(tmp_path / name[:2] / name, sizes[0] - 1)
    with pytest.raises(RefusedMediaError, match="missing_media"):
        column.add([name], sizes)


def test_more_than_arrow_can_hold_in_one_row_is_refused(tmp_path: Path) -> None:
    name = str(stored(tmp_path, b"\xff\xd8\xff", "jpg").file)
    os.truncate(tmp_path / name[:2] / name, 2**30)
    with pytest.raises(RefusedMediaError, match="oversized_media"):
        MediaColumn("images", StoredMedia(tmp_path)).sizes([name, name])


def test_name_gets_the_extension_of_the_bytes(tmp_path: Path) -> None:
    png = picture(tmp_path, extension="png")
    wrong = stored(tmp_path, data(tmp_path, str(png.file)), "jpg")
    column = MediaColumn("images", StoredMedia(tmp_path))
    put(column, wrong.file)
    assert column.array().to_pylist()[0][0]["path"] == f"images/{png.file}"


def test_videos_keep_their_name_whatever_they_begin_with(tmp_path: Path) -> None:
    name = stored(tmp_path, b"any container", "mp4", kind="video").file
    column = MediaColumn("videos", StoredMedia(tmp_path))
    put(column, name)
    assert column.array().to_pylist() == [[{"bytes": b"any container", "path": f"videos/{name}"}]]
