"""What a trainer does with shards: stream them by row group, shuffle them, stop, and go on."""

from pathlib import Path
from typing import Any

import pytest
from datasets import load_dataset

from tests.support.pairs import build, pair, picture, written

COUNT = 350


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("streamed")
    rows = [
        pair(media=[picture(root / "media", n % 20)], chosen=f"answer {n}") for n in range(COUNT)
    ]
    written("trl", build(root, rows, shard_bytes=40_000), root / "out")
    return root / "out"


def stream(folder: Path) -> Any:
    files = {"train": str(folder / "*.parquet")}
    return load_dataset("parquet", data_files=files, split="train", streaming=True)


def answers(rows: Any) -> list[str]:
    return [row["chosen"][0]["content"] for row in rows]


def test_a_stream_can_be_cut_into_row_groups(folder: Path) -> None:
    files = len(list(folder.glob("*.parquet")))
    assert files > 1
    assert stream(folder).num_shards == files
    assert stream(folder).reshard().num_shards == -(-COUNT // 100)


def test_a_shuffled_stream_gives_every_row_once_in_another_order(folder: Path) -> None:
    told = [answers(stream(folder).reshard().shuffle(seed=s, buffer_size=64)) for s in (1, 2)]
    assert sorted(told[0]) == sorted(told[1]) == sorted(f"answer {n}" for n in range(COUNT))
    assert told[0] != told[1]


@pytest.mark.parametrize("read", [1, 99, 100, 250])
def test_a_stream_that_was_stopped_goes_on_where_it_was(folder: Path, read: int) -> None:
    whole = answers(stream(folder))
    first = stream(folder)
    for number, _row in enumerate(first, start=1):
        if number == read:
            break
    then = stream(folder)
    then.load_state_dict(first.state_dict())
    assert answers(then) == whole[read:]


def test_workers_of_one_job_share_the_rows(folder: Path) -> None:
    parts = [stream(folder).reshard().shard(2, index) for index in range(2)]
    told = [answers(part) for part in parts]
    assert min(map(len, told)) > 0
    assert sorted(told[0] + told[1]) == sorted(f"answer {n}" for n in range(COUNT))
