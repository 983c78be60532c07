"""Saved data sets, and the Hub as the real `datasets` streams it from loopback."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import datasets
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from datasets import Dataset, DatasetDict, Features, Image, List, Value

from curate.sources.generic import mapped_layout
from curate.sources.hf import NOWHERE, open_saved
from curate.sources.record import Row, SourceMedium
from schemas.errors import SourceError
from tests.support.hub_server.server import HubServer, running
from tests.support.sources import only_record

NOT_A_PICTURE = b"bytes that no decoder would take"
ROOT = Path(__file__).resolve().parents[3]
ASKING = """
import json, sys
from curate.sources.registry import open_source
opened = open_source(sys.argv[1], format="hf", field_map={"prompt": "prompt", "image": "image"})
found = [
    [[p if isinstance(p, str) else [p.path, p.data.decode()] for p in record.turns[0].parts]]
    for record in opened.records
]
print(json.dumps([opened.layout, opened.revision, str(opened.source.root), found]))
"""


@pytest.fixture(autouse=True)
def _quiet() -> None:
    datasets.disable_progress_bars()


def saved(folder: Path, count: int = 1) -> Dataset:
    picture = {"bytes": NOT_A_PICTURE, "path": "1.png"}
    rows = [{"prompt": f"q{n}", "image": picture, "more": [picture]} for n in range(count)]
    features = Features({"prompt": Value("string"), "image": Image(), "more": List(Image())})
    made = Dataset.from_list(rows, features=features)
    made.save_to_disk(folder)
    return made


def test_saved_pictures_stay_their_bytes_undecoded(tmp_path: Path) -> None:
    saved(tmp_path / "set")
    source = open_saved(tmp_path / "set", None)
    layout = mapped_layout("hf", {"prompt": "prompt", "images": "image+more"})
    parts = only_record(layout.read(source)).turns[0].parts
    assert parts == [*[SourceMedium("image", "1.png", NOT_A_PICTURE)] * 2, "q0"]


def test_rows_of_a_saved_set_are_one_file_numbered_through(tmp_path: Path) -> None:
    saved(tmp_path / "set", 150)
    source = open_saved(tmp_path / "set", None)
    rows = list(source.rows("data"))
    assert source.files == ("data",)
    assert [row.line for row in rows] == list(range(1, 151))
    assert [row.values["prompt"] for row in rows if isinstance(row, Row)][-1] == "q149"
    assert [head["prompt"] for head in source.head("data", 2)] == ["q0", "q1"]


def test_saved_set_of_one_split_is_that_split(tmp_path: Path) -> None:
    DatasetDict({"train": saved(tmp_path / "one")}).save_to_disk(tmp_path / "set")
    source = open_saved(tmp_path / "set", None)
    assert (len(list(source.rows("data"))), source.root) == (1, tmp_path / "set" / "train")


def test_saved_set_of_several_splits_asks_for_one(tmp_path: Path) -> None:
    made = saved(tmp_path / "one")
    DatasetDict({"train": made, "test": made}).save_to_disk(tmp_path / "set")
    with pytest.raises(SourceError, match=r"several splits \(train, test\); pull its folder"):
        open_saved(tmp_path / "set", None)
    assert len(list(open_saved(tmp_path / "set" / "test", None).rows("data"))) == 1


@pytest.mark.parametrize("content", ["", "{", "[]", '{"_data_files": 7}', '{"_data_files": []}'])
def test_broken_saved_set_stops_with_its_folder(tmp_path: Path, content: str) -> None:
    saved(tmp_path / "set")
    (tmp_path / "set" / "state.json").write_text(content)
    with pytest.raises(SourceError, match="set cannot be read"):
        open_saved(tmp_path / "set", None)


def hub_of(files: Mapping[str, bytes]) -> HubServer:
    """A Hub with the data set `owner/name` that has the files."""
    hub = HubServer()
    hub.create("owner/name").put(files)
    return hub


def asked(files: Mapping[str, bytes], location: str, home: Path) -> Any:
    """What a process of its own reads of the location, on a Hub that has the files."""
    with running(hub_of(files)) as hub:
        settings = {
            **os.environ,
            "HF_ENDPOINT": hub.address,
            "HF_HOME": str(home),
            "HF_HUB_OFFLINE": "0",
            "HF_HUB_DISABLE_XET": "1",
            "HF_HUB_DISABLE_TELEMETRY": "1",
            "PYTHONPATH": str(ROOT),
        }
        done = subprocess.run(
            [sys.executable, "-c", ASKING, location],
            env=settings,
            check=False,
            capture_output=True,
            text=True,
        )
    # Threads that streaming leaves behind may abort the process at its very end, after the answer.
    return json.loads(done.stdout) if done.stdout else done.stderr.splitlines()[-1]


def as_parquet(count: int = 1) -> bytes:
    image = {"bytes": b"picture", "path": "1.png"}
    table = pa.table({"prompt": [f"q{n}" for n in range(count)], "image": [image] * count})
    written = BytesIO()
    pq.write_table(table, written)
    return written.getvalue()


def test_hub_set_is_streamed_at_one_commit(tmp_path: Path) -> None:
    files = {"data/train-00000-of-00001.parquet": as_parquet(2)}
    found = asked(files, "hf:owner/name", tmp_path)
    rows = [[[["1.png", "picture"], "q0"]], [[["1.png", "picture"], "q1"]]]
    assert found == ["hf", hub_of(files).repository().head.oid, str(NOWHERE), rows]


def test_split_of_a_hub_set_is_named_where_there_are_several(tmp_path: Path) -> None:
    files = {
        "data/train-00000-of-00001.parquet": as_parquet(2),
        "data/test-00000-of-00001.parquet": as_parquet(1),
    }
    assert len(asked(files, "owner/name?split=test", tmp_path)[3]) == 1
    assert "several splits" in asked(files, "owner/name", tmp_path)


def test_picture_files_of_a_hub_set_are_read_without_decoding(tmp_path: Path) -> None:
    files = {
        "train/1.png": NOT_A_PICTURE,
        "train/metadata.jsonl": b'{"file_name": "1.png", "prompt": "q"}\n',
    }
    found = asked(files, "hf:owner/name", tmp_path)
    assert found[3] == [[[["1.png", NOT_A_PICTURE.decode()], "q"]]]


def test_hub_set_that_is_not_there_is_told_from_one_that_is_broken(tmp_path: Path) -> None:
    files = {"data/train-00000-of-00001.parquet": b"PAR1 and no more"}
    assert "no local path and on the Hub no data set" in asked(files, "owner/none", tmp_path)
    assert "revision 'v9'" in asked(files, "hf:owner/name?revision=v9", tmp_path)
    broken = asked(files, "hf:owner/name", tmp_path)
    assert "hf:owner/name" in broken
    assert "cannot be read" in broken
