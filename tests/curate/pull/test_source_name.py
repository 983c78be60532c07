"""A source is called by its own name, never by where it lies on this machine."""

import os
from pathlib import Path

import pytest

from curate.pull.source_name import source_name


@pytest.mark.parametrize(
    ("location", "name"),
    [
        ("data/set.jsonl", "set"),
        ("data/set.JSONL.gz", "set"),
        ("set.v2.parquet", "set.v2"),
        ("data/folder/", "folder"),
        ("data/../set.csv", "set"),
        ("hf:owner/name?split=train", "owner/name"),
        ("hub:owner/name", "owner/name"),
        ("/", "source"),
    ],
)
def test_source_is_called_by_its_last_part(location: str, name: str) -> None:
    assert source_name(location) == name


def test_folder_one_stands_in_has_its_own_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert source_name(".") == "here"


def test_name_that_is_no_unicode_is_spelled_out(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.jsonl")
    Path(path).touch()
    assert source_name(path) == "a\\udcff"
