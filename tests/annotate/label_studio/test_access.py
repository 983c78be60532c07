"""The managed server's password and token: random, readable by nobody else, whole or refused."""

import stat
from pathlib import Path

import pytest

from annotate.label_studio.access import Access, read_access, write_access
from schemas.errors import LabelStudioError


def test_what_is_written_is_read_and_only_its_owner_may(tmp_path: Path) -> None:
    path, access = tmp_path / "access.json", Access.drawn()
    write_access(path, access)
    assert read_access(path) == access
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [it.name for it in tmp_path.iterdir()] == ["access.json"]


def test_no_password_and_no_token_is_drawn_twice() -> None:
    drawn = [Access.drawn() for _ in range(20)]
    assert len({it.password for it in drawn}) == len({it.token for it in drawn}) == 20
    assert all(len(it.token) == 40 and len(it.password) >= 20 for it in drawn)


def test_a_file_that_is_not_there_is_none(tmp_path: Path) -> None:
    assert read_access(tmp_path / "access.json") is None


def test_a_broken_file_is_named_with_the_fix(tmp_path: Path) -> None:
    path = tmp_path / "access.json"
    path.write_text('{"password": 1', "utf-8")
    with pytest.raises(LabelStudioError, match=r"access.json: not what .*--fresh --force"):
        read_access(path)
