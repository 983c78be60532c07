"""`curate signatures` as people and programs meet it."""

import json
from pathlib import Path

import pytest

from tests.support.cli import curate
from tests.support.drawn import jpeg, scene
from tests.support.pulling import workspace_at


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return workspace_at(tmp_path / "w").root


def benchmark(folder: Path, *prompts: str) -> Path:
    path = folder / "my bench.jsonl"
    lines = [json.dumps({"prompt": prompt, "response": "x"}) for prompt in prompts]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_a_file_is_written_into_the_workspace_and_counted(root: Path, tmp_path: Path) -> None:
    path = benchmark(tmp_path, "How many cups are there?", "Why?", "")
    found = curate("signatures", path, "-C", root, "--json").json
    target = root / "signatures-my-bench.parquet"
    assert found == {
        "path": str(target),
        "texts": 2,
        "pictures": 0,
        "unread": {"empty_prompt": 2},
    }
    assert target.is_file()


def test_a_folder_of_pictures_is_signed_by_their_names(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "gallery"
    folder.mkdir()
    (folder / "one.jpg").write_bytes(jpeg(scene(1)))
    (folder / "spoiled.png").write_bytes(b"no picture")
    out = tmp_path / "out.parquet"
    found = curate("signatures", folder, "--out", out, "-C", root, "--json").json
    assert (found["pictures"], found["unread"]) == (1, {"unreadable_media": 1})
    again = curate("signatures", out, "-C", root, "--json").json
    assert (again["pictures"], again["path"]) == (1, str(root / "signatures-out.parquet"))


@pytest.mark.parametrize("out", ["nowhere/out.parquet", "out.csv"])
def test_a_place_that_cannot_be_written_is_named(root: Path, tmp_path: Path, out: str) -> None:
    path = benchmark(tmp_path, "Why?")
    ran = curate("signatures", path, "--out", tmp_path / out, "-C", root)
    assert (ran.code, "--out" in ran.err) == (2, True)


def test_what_holds_nothing_is_refused(root: Path, tmp_path: Path) -> None:
    ran = curate("signatures", benchmark(tmp_path, "..."), "-C", root)
    assert ran.code == 1
    assert "nothing in it can be compared" in ran.err
