"""What holds for every format of lines: the shared writer, seen through the formats."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from datasets import load_dataset

from export.base import ExportOptions, ExportResult
from export.registry import get_format
from schemas.candidate import Medium
from schemas.errors import ExportError
from schemas.pair import PreferencePair
from tests.support.hostile import texts
from tests.support.pairs import LINES, SEEING, build, pair, picture, stored, user, written


def exported(
    name: str, folder: Path, *rows: PreferencePair, **values: Any
) -> tuple[ExportResult, list[dict[str, Any]]]:
    return written(name, build(folder, rows, **values), folder / "out")


def digests(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() for path in files}


def some_pairs(store: Path) -> list[PreferencePair]:
    seen = [pair(media=[picture(store, n)], chosen=f"answer {n}") for n in range(3)]
    return [pair(), *seen, pair(chosen="Six.", split="test")]


@pytest.mark.parametrize("name", LINES)
def test_a_split_is_a_file_and_one_without_rows_has_none(tmp_path: Path, name: str) -> None:
    rows = [pair(), pair(chosen="Four."), pair(split="test")]
    result, _ = exported(name, tmp_path, *rows)
    assert [file for file in result.files if file.endswith(".jsonl")] == [
        "train.jsonl",
        "test.jsonl",
    ]
    assert (result.rows, dict(result.splits)) == (3, {"train": 2, "validation": 0, "test": 1})
    assert not (tmp_path / "out" / "validation.jsonl").exists()


@pytest.mark.parametrize("name", LINES)
def test_a_second_run_writes_the_same_bytes(tmp_path: Path, name: str) -> None:
    source = build(tmp_path, some_pairs(tmp_path / "media"))
    written(name, source, tmp_path / "one")
    written(name, source, tmp_path / "two")
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


@pytest.mark.parametrize("name", LINES)
def test_bytes_do_not_depend_on_how_the_build_cut_its_row_groups(tmp_path: Path, name: str) -> None:
    rows = some_pairs(tmp_path / "media")
    for size in (1, 1000):
        written(name, build(tmp_path, rows, row_group_size=size), tmp_path / str(size))
    assert digests(tmp_path / "1") == digests(tmp_path / "1000")


@pytest.mark.parametrize("name", [name for name in SEEING if name != "mm-rlhf"])
def test_media_lie_beside_the_lines_as_they_are_in_the_store(tmp_path: Path, name: str) -> None:
    medium = picture(tmp_path / "media", 1)
    film = stored(tmp_path / "media", b"a container", "mp4", kind="video")
    result, rows = exported(name, tmp_path, pair(media=[medium]), pair(media=[film]))
    listed = json.loads((result.path / "export.json").read_bytes())["files"]
    assert {"images", "videos"} <= set(listed)
    for one, kind in ((medium, "images"), (film, "videos")):
        path = f"{kind}/{str(one.file)[:2]}/{one.file}"
        assert json.dumps(path) in json.dumps(rows)
        store = tmp_path / "media" / str(one.file)[:2] / str(one.file)
        assert (result.path / path).read_bytes() == store.read_bytes()


@pytest.mark.parametrize("name", SEEING)
def test_an_export_is_replaced_by_the_next_one(tmp_path: Path, name: str) -> None:
    exported(name, tmp_path, pair(media=[picture(tmp_path / "media", 1)]))
    exported(name, tmp_path, pair())
    assert not (tmp_path / "out" / "images").exists()


@pytest.mark.parametrize("name", SEEING)
@pytest.mark.parametrize("data", [None, b"", b"<svg>"])
def test_a_medium_that_is_lost_or_no_picture_is_refused(
    tmp_path: Path, name: str, data: bytes | None
) -> None:
    medium = stored(tmp_path / "media", data or b"", "png")
    if data is None:
        (tmp_path / "media" / str(medium.file)[:2] / str(medium.file)).unlink()
    result, rows = exported(name, tmp_path, pair(media=[medium]), pair())
    reason = "unreadable_media" if data else "missing_media"
    assert (len(rows), result.refused) == (1, {reason: 1})
    assert not (result.path / "images").exists()


@pytest.mark.parametrize("name", SEEING)
def test_a_medium_by_a_name_that_leaves_the_store_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.png").write_bytes(b"\x89PNG\r\n\x1a\nsecret")
    outside = Medium(kind="image", sha256="0" * 64, file="../../secret.png")
    result, rows = exported(name, tmp_path, pair(media=[outside]))
    assert (rows, result.refused) == ([], {"missing_media": 1})


@pytest.mark.parametrize("name", LINES)
def test_pairs_by_an_unproven_judge_alone_are_refused(tmp_path: Path, name: str) -> None:
    rows = [pair(level="judge"), pair(chosen="Four.", level="human")]
    result, kept = exported(name, tmp_path, *rows, judge_unproven=True)
    assert (len(kept), result.refused) == (1, {"judge_unproven": 1})


@pytest.mark.parametrize("name", LINES)
def test_refused_rows_are_counted_by_their_first_reason(tmp_path: Path, name: str) -> None:
    rows = [pair(chosen=" "), pair([user(" ")]), pair(chosen="Two cups. "), pair()]
    result, kept = exported(name, tmp_path, *rows)
    assert len(kept) == 1
    assert result.refused == {"duplicate": 1, "empty_prompt": 1, "empty_response": 1}


@pytest.mark.parametrize("name", LINES)
def test_texts_that_try_to_be_more_stay_texts(tmp_path: Path, name: str) -> None:
    hostile = texts()
    rows = [pair([user(text)], chosen=f"{text} good", rejected=f"{text} bad") for text in hostile]
    _, kept = exported(name, tmp_path, *rows)
    said = [list(_texts(row)) for row in kept]
    assert len(said) == len(hostile)
    assert all(
        {text, f"{text} good", f"{text} bad"} <= set(row)
        for text, row in zip(hostile, said, strict=True)
    )


@pytest.mark.parametrize("name", LINES)
def test_no_local_path_leaves(tmp_path: Path, name: str) -> None:
    exported(name, tmp_path, *some_pairs(tmp_path / "media"))
    for path in (tmp_path / "out").glob("*.json*"):
        assert "/home/" not in path.read_text("utf-8")
        assert str(tmp_path) not in path.read_text("utf-8")


@pytest.mark.parametrize("name", LINES)
def test_a_split_that_no_build_has_is_refused(tmp_path: Path, name: str) -> None:
    source = build(tmp_path, [pair()], splits=("../train",))
    with pytest.raises(ExportError, match=r"split '\.\./train' unknown"):
        written(name, source, tmp_path / "out")


@pytest.mark.parametrize("name", LINES)
def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(ExportError, match=r"holds 'mine.txt', which no export wrote"):
        exported(name, tmp_path, pair())
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_progress_tells_of_every_row(tmp_path: Path) -> None:
    told: list[int] = []
    source = build(tmp_path, [pair(), pair(chosen=" "), pair(split="test")])
    get_format("openrlhf").write(source, tmp_path / "out", ExportOptions(progress=told.append))
    assert sum(told) == 3


def test_the_first_line_that_fills_a_field_goes_to_the_front(tmp_path: Path) -> None:
    words = [pair(chosen=f"answer {n}", margin=None) for n in range(3)]
    seen = pair(media=[picture(tmp_path / "media")], margin=None)
    scored = pair(chosen="Scored.")
    _, rows = exported("ms-swift", tmp_path, *words, seen, scored)
    expected = [words[0], seen, scored, *words[1:]]
    assert [row["pair_id"] for row in rows] == [row.pair_id for row in expected]


@pytest.mark.parametrize("name", ["llama-factory", "ms-swift"])
@pytest.mark.parametrize("streaming", [False, True])
def test_a_set_whose_pictures_come_late_loads(
    tmp_path: Path, name: str, *, streaming: bool
) -> None:
    """A reader's first block, 10 MB, would else tell it that there are no pictures."""
    long = "word " * 40_000
    words = [pair(chosen=f"{long} {n}", margin=None) for n in range(60)]
    exported(name, tmp_path, *words, pair(media=[picture(tmp_path / "media")]))
    file = str(tmp_path / "out" / "train.jsonl")
    rows = load_dataset(
        "json",
        data_files=file,
        split="train",
        cache_dir=str(tmp_path / "cache"),
        streaming=streaming,
    )
    assert [len(row["images"] or []) for row in rows] == [0, 1, *[0] * 59]


def _texts(value: Any) -> list[str]:
    """All texts of a row, whatever stands around them."""
    if isinstance(value, dict):
        return _texts(list(value.values()))
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return [value] if isinstance(value, str) else []
