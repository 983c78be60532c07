import json
import re
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from export.base import ExportOptions
from export.registry import get_format
from schemas.errors import ExportError
from schemas.pair import PreferencePair
from tests.support.answers import answer, given
from tests.support.pairs import LINES, SHARDED, build, frames, pair, picture, user, written


def some_pairs(store: Path, count: int = 250) -> list[PreferencePair]:
    splits = {7: "test", 8: "validation"}
    return [
        pair(
            media=[picture(store, n % 40, "jpg")],
            chosen=f"answer {n}",
            split=splits.get(n % 9, "train"),
        )
        for n in range(count)
    ]


def digests(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


@pytest.mark.parametrize("name", SHARDED)
def test_every_row_lands_in_its_split_in_the_order_of_the_build(tmp_path: Path, name: str) -> None:
    rows = some_pairs(tmp_path / "media")
    result, _ = written(name, build(tmp_path, rows), tmp_path / "out")
    for split in ("train", "validation", "test"):
        table = pq.read_table(tmp_path / "out" / f"{split}-00000-of-00001.parquet")
        expected = [row.pair_id for row in rows if row.split == split]
        assert table.column("pair_id").to_pylist() == expected
        assert result.splits[split] == len(expected)
    assert result.rows == len(rows)


@pytest.mark.parametrize("name", SHARDED)
def test_a_second_run_writes_the_same_bytes(tmp_path: Path, name: str) -> None:
    source = build(tmp_path, some_pairs(tmp_path / "media"))
    written(name, source, tmp_path / "one")
    written(name, source, tmp_path / "two")
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


@pytest.mark.parametrize("name", SHARDED)
def test_bytes_do_not_depend_on_how_the_build_cut_its_row_groups(tmp_path: Path, name: str) -> None:
    rows = some_pairs(tmp_path / "media")
    for size in (10, 1000):
        written(name, build(tmp_path, rows, row_group_size=size), tmp_path / str(size))
    assert digests(tmp_path / "10") == digests(tmp_path / "1000")


@pytest.mark.parametrize("name", SHARDED)
def test_columns_are_stored_as_the_readers_need_them(tmp_path: Path, name: str) -> None:
    result, _ = written(name, build(tmp_path, some_pairs(tmp_path / "media")), tmp_path / "out")
    about = pq.ParquetFile(tmp_path / "out" / result.files[0]).metadata
    assert [about.row_group(n).num_rows for n in range(about.num_row_groups)] == [100, 96]
    group = about.row_group(0)
    columns = [group.column(n) for n in range(group.num_columns)]
    codecs = {column.path_in_schema: column.compression for column in columns}
    assert codecs.pop("images.list.element.bytes") == "UNCOMPRESSED"
    assert set(codecs.values()) == {"ZSTD"}
    assert all(column.has_offset_index for column in columns)


def test_an_unproven_judge_is_looked_for_among_the_rows_of_the_format_only(tmp_path: Path) -> None:
    judged = [answer(f"answer {n}", score=n, place=4 - n, level="judge") for n in (1, 2, 3)]
    person = answer("Blue.", [user("Which?")], score="2", place=1, level="human")
    source = given(tmp_path, [*judged, person], judge_unproven=True)
    result, rows = written("best-of-n", source, tmp_path / "out")
    assert [row["candidate_id"] for row in rows] == [person.candidate_id]
    assert result.refused == {"judge_unproven": 1}


@pytest.mark.parametrize("name", [*SHARDED, *LINES])
def test_a_split_that_is_left_without_a_row_is_named(tmp_path: Path, name: str) -> None:
    rows = [
        pair(chosen=" ", split="test"),
        pair(chosen="Four.", split="test", level="judge"),
        pair(chosen="Five.", split="test", level="judge"),
        pair(chosen="Six.", level="judge"),
        pair(),
    ]
    source = build(tmp_path, rows, judge_unproven=True)
    result = get_format(name).write(source, tmp_path / "out", ExportOptions())
    assert result.splits == {"train": 1, "validation": 0, "test": 0}
    assert result.warnings == ("no row of split test is left: 1 empty_response, 2 judge_unproven",)


def test_shards_end_before_they_are_too_large(tmp_path: Path) -> None:
    rows = [
        pair(media=[picture(tmp_path / "media", n, "png", side=64)], chosen=f"answer {n}")
        for n in range(500)
    ]
    source = build(tmp_path, rows, shard_bytes=80_000)
    result, loaded = written("trl", source, tmp_path / "out")
    total = len(result.files)
    assert total > 2
    assert list(result.files) == [f"train-{n:05d}-of-{total:05d}.parquet" for n in range(total)]
    assert all((tmp_path / "out" / file).stat().st_size < 100_000 for file in result.files)
    assert [row["pair_id"] for row in loaded] == [row.pair_id for row in rows]


def test_a_row_group_larger_than_a_shard_is_a_shard_of_its_own(tmp_path: Path) -> None:
    source = build(tmp_path, some_pairs(tmp_path / "media"), shard_bytes=1, splits=("train",))
    result, loaded = written("trl", source, tmp_path / "out")
    assert result.files == ("train-00000-of-00002.parquet", "train-00001-of-00002.parquet")
    assert len(loaded) == result.rows == 196


@pytest.mark.parametrize("name", SHARDED)
def test_only_the_splits_that_are_asked_for_are_written(tmp_path: Path, name: str) -> None:
    source = build(tmp_path, some_pairs(tmp_path / "media"), splits=("test",))
    result, _ = written(name, source, tmp_path / "out")
    assert result.files == ("test-00000-of-00001.parquet",)
    assert sorted(digests(tmp_path / "out")) == ["export.json", *result.files]


@pytest.mark.parametrize("name", SHARDED)
def test_refused_pairs_are_counted_and_the_others_written(tmp_path: Path, name: str) -> None:
    store = tmp_path / "media"
    lost = picture(store, 1).model_copy(update={"file": "0" * 64 + ".png"})
    rows = [
        pair(media=[picture(store, 2)]),
        pair(media=[lost]),
        pair(chosen=" "),
        pair(chosen="same", rejected="same "),
        pair([user(0)], [lost, picture(store, 3)], chosen=" "),
    ]
    result, loaded = written(name, build(tmp_path, rows), tmp_path / "out")
    assert [row["pair_id"] for row in loaded] == [rows[0].pair_id]
    assert result.refused == {"duplicate": 1, "empty_response": 2, "missing_media": 1}
    assert result.rows + sum(result.refused.values()) == len(rows)


def test_progress_is_told_of_every_pair(tmp_path: Path) -> None:
    told: list[int] = []
    source = build(tmp_path, [*some_pairs(tmp_path / "media"), pair(chosen="")])
    get_format("trl").write(source, tmp_path / "out", ExportOptions(progress=told.append))
    assert sum(told) == 251


@pytest.mark.parametrize("name", SHARDED)
def test_no_pairs_give_a_folder_without_shards(tmp_path: Path, name: str) -> None:
    result, _ = written(name, build(tmp_path, []), tmp_path / "out")
    assert (result.rows, result.files, result.refused) == (0, (), {})
    assert sorted(digests(tmp_path / "out")) == ["export.json"]


def test_record_says_what_the_folder_holds(tmp_path: Path) -> None:
    rows = [*some_pairs(tmp_path / "media", 20), pair(chosen="")]
    result, _ = written("trl", build(tmp_path, rows), tmp_path / "out")
    record = json.loads((tmp_path / "out" / "export.json").read_text())
    assert record == {
        "made_by": "pairwright",
        "version": "1.2.3",
        "build_id": "b" * 32,
        "format": "trl",
        "splits": {"train": 16, "validation": 2, "test": 2},
        "refused": {"empty_response": 1},
        "files": list(result.files),
    }


@pytest.mark.parametrize("name", SHARDED)
def test_no_path_or_user_of_the_source_gets_out(tmp_path: Path, name: str) -> None:
    store = tmp_path / "media"
    row = pair(
        media=[picture(store, 1), frames(store, [2, 3])],
        source="/home/somebody/set.jsonl",
        source_key="/home/somebody/1.json",
        chosen_models=("/home/somebody/llava",),
        attributes={"file": "/home/somebody/1.png"},
    )
    assert all("somebody" in (medium.path or "somebody") for medium in row.media)
    result, loaded = written(name, build(tmp_path, [row]), tmp_path / "out")
    texts = json.dumps(loaded, default=lambda data: data.decode("latin-1"))
    assert "somebody" not in texts
    assert str(tmp_path) not in texts
    about = (tmp_path / "out" / result.files[0]).read_bytes()
    assert not re.search(rb"somebody|" + str(tmp_path).encode(), about)


@pytest.mark.parametrize("name", SHARDED)
def test_a_build_that_duckdb_wrote_gives_the_same_rows(tmp_path: Path, name: str) -> None:
    source = build(tmp_path, some_pairs(tmp_path / "media", 30))
    other = replace(source, pairs=tmp_path / "duckdb.parquet")
    duckdb.sql(f"copy (from '{source.pairs}') to '{other.pairs}' (format parquet)")
    _, ours = written(name, source, tmp_path / "ours")
    _, theirs = written(name, other, tmp_path / "theirs")
    assert ours == theirs


def test_unknown_split_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    source = build(tmp_path, [pair()], splits=("train", "tets"))
    with pytest.raises(ExportError, match="split 'tets' unknown; did you mean 'test'"):
        get_format("trl").write(source, tmp_path / "out", ExportOptions())
    assert not (tmp_path / "out").exists()


def test_failed_export_leaves_the_one_before_it(tmp_path: Path) -> None:
    source = build(tmp_path, some_pairs(tmp_path / "media", 20))
    written("trl", source, tmp_path / "out")
    before = digests(tmp_path / "out")
    stop = ExportOptions(progress=_interrupt)
    with pytest.raises(KeyboardInterrupt):
        get_format("trl").write(source, tmp_path / "out", stop)
    assert digests(tmp_path / "out") == before
    assert not list(tmp_path.glob(".out*"))


def test_foreign_folder_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.tex").write_text("")
    source = build(tmp_path, some_pairs(tmp_path / "media", 2))
    with pytest.raises(ExportError, match=r"holds 'thesis\.tex'"):
        get_format("trl").write(source, tmp_path / "out", ExportOptions())


def test_pairs_with_broken_bytes_stop_with_the_file(tmp_path: Path) -> None:
    source = build(tmp_path, some_pairs(tmp_path / "media", 50))
    data = bytearray(source.pairs.read_bytes())
    data[4 : len(data) // 2] = bytes(len(data) // 2 - 4)
    source.pairs.write_bytes(data)
    with pytest.raises(ExportError, match=r"pairs\.parquet"):
        get_format("trl").write(source, tmp_path / "out", ExportOptions())


def _interrupt(_: int) -> None:
    raise KeyboardInterrupt
