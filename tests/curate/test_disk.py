import ctypes
import errno
import os
import subprocess
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pyarrow as pa
import pytest

from curate import disk
from curate.disk import full_disk_of, out_of_room, sync_all
from schemas.errors import BuildError, LabelStudioError

FULL = "No space left on device"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_write_without_room_is_known_by_its_number(number: int) -> None:
    assert out_of_room(OSError(number, "whatever", "/data/pairs.parquet")) == "/data/pairs.parquet"
    assert out_of_room(OSError(number, "whatever")) == "the disk"


def test_libraries_say_it_in_words() -> None:
    told = duckdb.IOException(f'IO Error: Could not write file "/data/a b.duckdb": {FULL}')
    assert out_of_room(told) == "/data/a b.duckdb"
    assert out_of_room(pa.ArrowInvalid(f"IOError: [errno 28] {FULL}")) == "the disk"


def test_what_was_raised_from_it_counts_too() -> None:
    error = BuildError("step 'score' failed", "run with --debug for more")
    error.__cause__ = duckdb.IOException(FULL)
    assert out_of_room(error) == "the disk"


def test_a_servers_words_and_other_errors_are_not_about_this_disk() -> None:
    assert out_of_room(LabelStudioError(f"the server said: {FULL}", "ask its keeper")) is None
    assert out_of_room(OSError(errno.EACCES, FULL)) is None
    assert out_of_room(subprocess.SubprocessError(FULL)) is None


def test_the_full_disk_is_found_among_what_a_command_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = tmp_path / "full"
    full.mkdir()

    def usage(path: Path) -> SimpleNamespace:
        return SimpleNamespace(free=0 if full in (path, *path.parents) else 1 << 30)

    monkeypatch.setattr(disk, "disk_usage", usage)
    asked = ["export", "--format", "trl", "-C", str(tmp_path)]
    assert full_disk_of(asked) is None
    assert full_disk_of([*asked, "--out", str(full / "to" / "come")]) == str(full)
    assert full_disk_of([*asked, f"--out={full}"]) == str(full)
    assert full_disk_of(["a\0b", "x" * 5000]) is None
    monkeypatch.chdir(full)
    assert full_disk_of([]) == str(full)


def test_sync_says_what_could_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> int:
        ctypes.set_errno(errno.ENOSPC)
        return -1

    sync_all(tmp_path)
    monkeypatch.setattr(ctypes, "CDLL", lambda _name, **_rest: SimpleNamespace(syncfs=full))
    with pytest.raises(OSError, match=FULL) as caught:
        sync_all(tmp_path)
    assert out_of_room(caught.value) == str(tmp_path)


def test_sync_is_of_everything_where_the_system_knows_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []
    monkeypatch.setattr(ctypes, "CDLL", lambda _name, **_rest: SimpleNamespace())
    monkeypatch.setattr(os, "sync", lambda: called.append("sync"))
    sync_all(tmp_path)
    assert called == ["sync"]
