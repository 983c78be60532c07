"""Files of a store, which read the same from either layout."""

import errno
import os
from pathlib import Path

import pytest

from curate.media.shards import FOLDER
from curate.media.stored import StoredMedia
from tests.support.packing import pack
from tests.support.pairs import stored

DATA = b"\x89PNG\r\n\x1a\n and the rest"


@pytest.fixture(params=["files", "packed"])
def found(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[StoredMedia, str]:
    """A store of one file, and the file's name."""
    store = tmp_path / "media"
    file = str(stored(store, DATA, "png").file)
    if request.param == "packed":
        pack(store)
    return StoredMedia(store), file


def test_a_file_is_read_whole_and_piece_by_piece(found: tuple[StoredMedia, str]) -> None:
    store, file = found
    assert store.has(file)
    assert store.read(file) == DATA
    assert store.size(file) == len(DATA)
    with store.stream(file) as source:
        assert source.read(8) == DATA[:8]
        assert source.readinto(memory := bytearray(4)) == 4
        assert memory == DATA[8:12]


def test_a_path_leads_to_it_while_it_is_needed(found: tuple[StoredMedia, str]) -> None:
    store, file = found
    with store.local(file) as path:
        assert (path.name, path.read_bytes()) == (file, DATA)
    assert path.exists() is (path == store.path_of(file))


@pytest.mark.parametrize("link", [False, True])
@pytest.mark.parametrize("linkable", [False, True])
def test_it_is_placed_outside_once(
    found: tuple[StoredMedia, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    link: bool,
    linkable: bool,
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EXDEV, "another file system")

    if not linkable:
        monkeypatch.setattr(os, "link", refuse)
    store, file = found
    target = tmp_path / "out" / "deep" / "shown.png"
    store.place(file, target, link=link)
    assert target.read_bytes() == DATA
    assert [path.name for path in target.parent.iterdir()] == ["shown.png"]
    one_file = target.stat().st_nlink == 2
    assert one_file is (link and linkable and store.path_of(file).exists())
    target.write_bytes(b"kept") if not one_file else None
    store.place(file, target, link=link)
    assert target.read_bytes() == (DATA if one_file else b"kept")


@pytest.mark.parametrize("emptied", [False, True])
def test_what_is_not_there_is_named(tmp_path: Path, *, emptied: bool) -> None:
    store = StoredMedia(tmp_path / "media")
    if emptied:
        (store.folder / FOLDER).mkdir(parents=True)
    file = "a" * 64 + ".png"
    assert not store.has(file)
    for read in (store.read, store.size, store.stream):
        with pytest.raises(FileNotFoundError) as caught:
            read(file)
        assert caught.value.filename in (str(store.path_of(file)), store.path_of(file))
    with pytest.raises(FileNotFoundError):
        store.place(file, tmp_path / "out" / file)
    assert list((tmp_path / "out").iterdir()) == []
    with store.local(file) as path:
        assert not path.exists()
