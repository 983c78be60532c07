"""Shards as they are written: plain Parquet, each whole, and each file in one of them once."""

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from curate.media import packer
from curate.media.packer import Packer
from curate.media.shard_index import PACKED
from curate.media.shards import Shards
from tests.curate.media.test_shards import made


def packing(folder: Path) -> Packer:
    names = (folder / f"half-{number}" for number in range(10**6))
    return Packer(folder / "packed", Shards(folder / "packed"), lambda: next(names))


def written(folder: Path) -> list[pq.ParquetFile]:
    return [pq.ParquetFile(path) for path in sorted(folder.glob("packed/*.parquet"))]


def test_a_shard_is_plain_parquet_of_names_and_bytes(tmp_path: Path) -> None:
    files = made(10)
    found = packing(tmp_path)
    for file, data in files.items():
        found.add(file, data)
    found.finish()
    (shard,) = written(tmp_path)
    assert shard.schema_arrow == PACKED
    assert dict(zip(*(it.to_pylist() for it in shard.read().columns), strict=True)) == files
    columns = [shard.metadata.row_group(0).column(number) for number in range(2)]
    assert {column.compression for column in columns} == {"UNCOMPRESSED"}
    assert [path.name for path in tmp_path.iterdir()] == ["packed"]


def test_row_groups_are_small_and_a_large_file_has_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packer, "GROUP_BYTES", 5_000)
    monkeypatch.setattr(packer, "SHARD_BYTES", 40_000)
    files = [*made(9, 1_000).items(), *made(1, 9_000).items(), *made(60, 900).items()]
    found = packing(tmp_path)
    for file, data in files:
        found.add(file, data)
    found.finish()
    about = [shard.metadata for shard in written(tmp_path)]
    groups = [one.row_group(number) for one in about for number in range(one.num_row_groups)]
    large = [group for group in groups if group.column(1).total_uncompressed_size > 6_000]
    assert [group.num_rows for group in large] == [1]
    assert len(about) == 2
    assert sum(group.num_rows for group in groups) == len(files)


def test_threads_that_add_the_same_files_pack_each_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packer, "SHARD_BYTES", 10_000)
    monkeypatch.setattr(packer, "MANY", 20)
    files = made(100)
    asked = [*files] * 5
    random.Random(0).shuffle(asked)
    found = packing(tmp_path)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda file: found.add(file, files[file]), asked))
    found.finish()
    names = pa.concat_tables([shard.read(["file"]) for shard in written(tmp_path)])
    assert sorted(names.column(0).to_pylist()) == sorted(files)
    again = packing(tmp_path)
    for file, data in files.items():
        again.add(file, data)
    again.finish()
    assert sum(shard.metadata.num_rows for shard in written(tmp_path)) == len(files)


def test_what_is_abandoned_leaves_no_file_and_can_be_packed_again(tmp_path: Path) -> None:
    files = made(4)
    found = packing(tmp_path)
    for file, data in files.items():
        found.add(file, data)
    found.abandon()
    assert list(tmp_path.iterdir()) == []
    for file, data in files.items():
        assert not found.knows(file)
        found.add(file, data)
    found.finish()
    assert [shard.metadata.num_rows for shard in written(tmp_path)] == [4]
