import errno
import json
from pathlib import Path

import pytest

from export.verify.base import (
    LONGEST_DETAIL,
    NotAskedError,
    RefusedError,
    Written,
    expect,
    one_line,
    place,
    refusing,
    written,
)


def an_export(folder: Path = Path("out")) -> Written:
    files = ("train-00001-of-00002.parquet", "train-00000-of-00002.parquet", "test.jsonl", "images")
    return Written(folder, "trl", {"train": 3, "validation": 0, "test": 1}, files)


def test_files_belong_to_the_split_they_are_named_after() -> None:
    assert an_export().data_files("train") == [
        "train-00000-of-00002.parquet",
        "train-00001-of-00002.parquet",
    ]
    assert an_export().data_files("test") == ["test.jsonl"]
    assert an_export().data_files("images") == []


def test_a_split_without_rows_is_left_out() -> None:
    assert an_export().filled() == {"train": 3, "test": 1}


def test_a_split_with_rows_and_no_file_is_refused() -> None:
    with pytest.raises(RefusedError, match="test: 1 rows were written, and no file has them"):
        Written(Path("out"), "trl", {"test": 1}, ("train.jsonl",)).filled()


def test_an_export_is_known_by_its_record(tmp_path: Path) -> None:
    about = {"format": "trl", "splits": {"train": 2}, "files": ["train.jsonl"], "version": "1"}
    (tmp_path / "export.json").write_text(json.dumps(about), "utf-8")
    assert written(tmp_path) == Written(tmp_path, "trl", {"train": 2}, ("train.jsonl",))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "trl"}'])
def test_a_record_that_cannot_be_read_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "export.json").write_text(text, "utf-8")
    with pytest.raises(RefusedError, match=r"export\.json cannot be read"):
        written(tmp_path)


def test_what_a_consumer_raises_names_the_row() -> None:
    said = "train row 3: ValueError: no such picture"
    with pytest.raises(RefusedError, match=said), refusing("train row 3"):
        raise ValueError("no such\n  picture")


@pytest.mark.parametrize("error", [ImportError("x"), NotAskedError("x"), RefusedError("x")])
def test_what_says_its_own_place_stays_as_it_is(error: Exception) -> None:
    with pytest.raises(type(error)) as caught, refusing("train row 3"):
        raise error
    assert caught.value is error


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OSError(errno.ENOSPC, "No space left on device"),
        OSError("Not enough disk space. Needed: 2 GB"),
    ],
)
def test_a_machine_that_is_too_small_says_nothing_of_the_rows(error: Exception) -> None:
    failed = ValueError("generating the set failed")
    failed.__cause__ = error
    with pytest.raises(NotAskedError, match="no room for it on this machine"), refusing("train"):
        raise failed


def test_what_a_consumer_relies_on_must_hold() -> None:
    expect(True, "train row 3", "two answers")
    with pytest.raises(RefusedError, match="train row 3: two answers"):
        expect(False, "train row 3", "two answers")


def test_a_row_is_named_by_number_and_id() -> None:
    assert place("train", 0, {"pair_id": "0123456789abcdef"}) == "train row 1 (0123456789ab)"
    assert place("test", 4, {}) == "test row 5"


def test_an_error_that_quotes_the_data_is_cut() -> None:
    text = one_line(ValueError("word " * 1000))
    assert len(text) == LONGEST_DETAIL + 3
    assert text.startswith("ValueError: word word")
    assert one_line(KeyError()) == "KeyError"
