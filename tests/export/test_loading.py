"""What a training engineer does first: load the export with `datasets`."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from datasets import Dataset, Features, Image, List, Value, load_dataset

from schemas.pair import PreferencePair
from tests.support.pairs import SHARDED, build, frames, pair, picture, stored, user, written

ROOT = Path(__file__).resolve().parents[2]


def pairs(store: Path) -> list[PreferencePair]:
    return [
        pair(media=[picture(store, 1), frames(store, [2, 3])]),
        pair(media=[picture(store, 4, "webp")], chosen="Four."),
        pair(split="test"),
    ]


def loaded(folder: Path, **options: Any) -> Any:
    files = {split: str(folder / "out" / f"{split}-*.parquet") for split in ("train", "test")}
    return load_dataset("parquet", data_files=files, cache_dir=str(folder / "cache"), **options)


@pytest.mark.parametrize("name", SHARDED)
@pytest.mark.parametrize("streaming", [False, True])
def test_load_dataset_gives_decoded_pictures(tmp_path: Path, name: str, *, streaming: bool) -> None:
    written(name, build(tmp_path, pairs(tmp_path / "media")), tmp_path / "out")
    splits = loaded(tmp_path, streaming=streaming)
    rows = list(splits["train"])
    assert [len(row["images"]) for row in rows] == [3, 1]
    picture_one = rows[0]["images"][0]
    assert picture_one.size == (16, 16)
    assert picture_one.convert("RGB").getpixel((0, 0)) == (1, 0, 90)
    assert [image.format for image in rows[0]["images"]] == ["PNG", "JPEG", "JPEG"]
    assert next(iter(splits["test"]))["images"] == []


def test_trl_rows_have_the_features_that_trl_expects(tmp_path: Path) -> None:
    written("trl", build(tmp_path, pairs(tmp_path / "media")), tmp_path / "out")
    text = Value("string")
    messages = List({"role": text, "content": text})
    assert loaded(tmp_path)["train"].features == Features(
        {
            "images": List(Image()),
            "prompt": messages,
            "chosen": messages,
            "rejected": messages,
            "pair_id": text,
            "prompt_id": text,
            "component": text,
            "delta_source": text,
            "margin": Value("float64"),
            "delta": Value("float64"),
            "prompt_weight": Value("float64"),
            "length_weight": Value("float64"),
        }
    )


@pytest.mark.parametrize("name", SHARDED)
def test_the_folder_itself_loads_with_its_splits(tmp_path: Path, name: str) -> None:
    written(name, build(tmp_path, pairs(tmp_path / "media")), tmp_path / "out")
    splits = load_dataset(str(tmp_path / "out"), cache_dir=str(tmp_path / "cache"))
    assert {split: rows.num_rows for split, rows in splits.items()} == {"train": 2, "test": 1}


def test_blocks_load_as_blocks(tmp_path: Path) -> None:
    behind = pair([user("What is this?", 0)], [picture(tmp_path / "media")])
    written("trl", build(tmp_path, [behind]), tmp_path / "out")
    rows = Dataset.from_parquet(
        str(tmp_path / "out" / "train-00000-of-00001.parquet"), cache_dir=str(tmp_path / "cache")
    )
    assert rows[0]["prompt"][0]["content"] == [
        {"type": "text", "text": "What is this?"},
        {"type": "image", "text": None},
    ]


def test_videos_load_undecoded_without_a_video_library(tmp_path: Path) -> None:
    video = stored(tmp_path / "media", b"a container", "mp4", kind="video")
    written("parquet", build(tmp_path, [pair(media=[video])]), tmp_path / "out")
    rows = Dataset.from_parquet(
        str(tmp_path / "out" / "train-00000-of-00001.parquet"), cache_dir=str(tmp_path / "cache")
    )
    assert rows[0]["videos"] == [{"bytes": b"a container", "path": f"videos/{video.file}"}]


def test_export_imports_neither_datasets_nor_pandas_nor_pillow(tmp_path: Path) -> None:
    build(tmp_path, pairs(tmp_path / "media"))
    script = f"""
import sys
from pathlib import Path
from curate.media.stored import StoredMedia
from export.base import ExportInput, ExportOptions
from export.registry import get_format
root = Path({str(tmp_path)!r})
tables = [root / "pairs.parquet", root / "ties.parquet", StoredMedia(root / "media")]
source = ExportInput(*tables, ("train", "test"), 10**6, "0", "b")
rows = [get_format(n).write(source, root / n, ExportOptions()).rows for n in {SHARDED}]
print(rows, [name for name in ("datasets", "pandas", "PIL", "duckdb") if name in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[3, 3] []\n"
