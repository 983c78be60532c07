"""Files that go to their final names together."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest

from curate.media import landing as module
from curate.media.landing import Landing


@pytest.fixture
def landing(tmp_path: Path) -> Landing:
    (tmp_path / "incoming").mkdir()
    numbers = count()
    return Landing(
        lambda: tmp_path / "incoming" / str(next(numbers)),
        lambda path, file: (path.replace(tmp_path / file), None)[1],
    )


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_files_have_their_names_once_all_are_finished(landing: Landing, tmp_path: Path) -> None:
    landing.add("a", b"one")
    landing.add("b", b"two")
    assert files(tmp_path) == {}
    assert landing.knows("a")
    landing.finish()
    assert files(tmp_path) == {"a": b"one", "b": b"two"}
    assert not landing.knows("a")


def test_many_files_land_before_the_end(
    landing: Landing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "TOGETHER", 3)
    for name in ("a", "b", "c", "d"):
        landing.add(name, name.encode())
    assert set(files(tmp_path)) == {"a", "b", "c"}


def test_every_file_is_on_the_disk_before_it_has_its_name(
    landing: Landing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named: list[int] = []
    monkeypatch.setattr(module, "sync_all", lambda _folder: named.append(len(files(tmp_path))))
    landing.add("a", b"one")
    landing.add("b", b"two")
    landing.finish()
    assert named == [0]


def test_file_that_is_added_twice_is_there_once(landing: Landing, tmp_path: Path) -> None:
    landing.add("a", b"one")
    landing.add("a", b"one")
    landing.finish()
    assert files(tmp_path) == {"a": b"one"}
    assert files(tmp_path / "incoming") == {}


def test_nothing_of_a_group_is_left_where_one_file_does_not_reach_the_disk(
    landing: Landing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "sync_all", full)
    landing.add("a", b"one")
    with pytest.raises(OSError, match="No space"):
        landing.finish()
    assert files(tmp_path) == files(tmp_path / "incoming") == {}


def test_nothing_is_left_of_what_is_abandoned(landing: Landing, tmp_path: Path) -> None:
    landing.add("a", b"one")
    landing.abandon()
    landing.finish()
    assert files(tmp_path) == files(tmp_path / "incoming") == {}


def test_threads_that_add_the_same_files_leave_each_once(
    landing: Landing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "TOGETHER", 5)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: landing.add(str(n % 20), b"x"), range(200)))
    landing.finish()
    assert files(tmp_path) == {str(n): b"x" for n in range(20)}
    assert files(tmp_path / "incoming") == {}
