"""Looks of a store's files are made once, in parts that a kill leaves whole."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from PIL import Image

from curate.media.store import MediaStore
from curate.near import looks
from curate.near.looks import LOOKS, looks_of
from tests.support.drawn import jpeg, png, scene


@pytest.fixture
def store(tmp_path: Path) -> MediaStore:
    return MediaStore(tmp_path / "media")


def put(store: MediaStore, *files: bytes) -> list[str]:
    return [str(store.put_picture(data).file) for data in files]


def look(store: MediaStore, files: Iterable[str]) -> tuple[dict[str, dict[str, Any]], int]:
    """The rows by file, and how many files were looked at."""
    looked: list[int] = []
    parts = looks_of(store, store.folder.parent / ".cache", files, looked.append)
    tables = [pq.read_table(part) for part in parts]
    assert all(table.schema == LOOKS for table in tables)
    return {row["file"]: row for table in tables for row in table.to_pylist()}, max(
        looked, default=0
    )


def test_every_picture_has_its_hashes_and_its_size(store: MediaStore) -> None:
    files = put(store, jpeg(scene(1)), png(scene(2)))
    rows, looked = look(store, files)
    assert looked == 2
    assert [len(rows[file]["hashes"]) for file in files] == [6, 6]
    assert [len(rows[file]["grids"]) for file in files] == [384, 384]
    assert [(rows[file]["width"], rows[file]["height"]) for file in files] == [
        scene(1).size,
        scene(2).size,
    ]


def test_a_second_look_looks_at_nothing_again(store: MediaStore) -> None:
    files = put(store, jpeg(scene(1)))
    first, _ = look(store, files)
    assert look(store, files) == (first, 0)
    more = put(store, jpeg(scene(2)))
    assert look(store, files + more)[1] == 1


def test_chunks_give_the_same_rows(store: MediaStore, monkeypatch: pytest.MonkeyPatch) -> None:
    files = put(store, *(jpeg(scene(seed)) for seed in range(5)))
    whole, _ = look(store, files)
    monkeypatch.setattr(looks, "CHUNK", 2)
    monkeypatch.setattr(looks, "VERSION", 99)
    assert look(store, files) == (whole, 5)


@pytest.mark.parametrize(
    ("picture", "fault"),
    [
        (Image.new("RGB", (200, 200), "white"), "blank"),
        (scene(3).resize((12, 300)), "tiny"),
    ],
)
def test_a_picture_that_looks_like_nothing_says_why(
    store: MediaStore, picture: Image.Image, fault: str
) -> None:
    (file,) = put(store, png(picture))
    row = look(store, [file])[0][file]
    assert (row["fault"], row["hashes"], row["grids"]) == (fault, None, None)


def test_a_file_that_was_spoiled_in_the_store_has_a_fault(store: MediaStore) -> None:
    (file,) = put(store, png(scene(4)))
    store.path_of(file).write_bytes(b"\x89PNG\r\n\x1a\nspoiled")
    assert look(store, [file])[0][file]["fault"] == "unreadable_media"


def test_a_missing_file_is_looked_for_again(store: MediaStore) -> None:
    data = png(scene(5))
    (file,) = put(store, data)
    store.path_of(file).unlink()
    assert look(store, [file])[0][file]["fault"] == "missing_media"
    put(store, data)
    assert look(store, [file])[0][file]["fault"] is None


def test_no_files_give_no_rows(store: MediaStore) -> None:
    assert look(store, []) == ({}, 0)
