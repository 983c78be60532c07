"""Folders of this machine are cut wherever a source wrote a path, and nothing else is."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from curate.local_folders import cut, cut_sentence, table_files
from curate.pull.tombstones import write_whole
from tests.support.bundles import built, votes
from tests.support.pulling import pulled, question, workspace_at, write_lines


@pytest.mark.parametrize(
    ("path", "left"),
    [
        ("/home/somebody/a.png", "a.png"),
        ("/home//somebody//a.png", "a.png"),
        ("~/set/a.png", "a.png"),
        ("~ann/set/a.png", "a.png"),
        ("C:\\Users\\Ann\\a.png", "a.png"),
        ("\\\\server\\ann\\a.png", "a.png"),
        ("file:/" + "//home/somebody/a.png", "a.png"),
        ("file://machine/home/somebody/a.png", "a.png"),
        ("images/a.png", "images/a.png"),
        ("https://example.org/x/a.png", "https://example.org/x/a.png"),
        ("a / b", "a / b"),
    ],
)
def test_an_absolute_path_keeps_its_last_part(path: str, left: str) -> None:
    assert cut({"a": [path, None, 3]}) == {"a": [left, None, 3]}
    assert cut(left) == left


@pytest.mark.parametrize(
    ("detail", "left"),
    [
        ("'/home/somebody/two words/a.png' is absolute", "'a.png' is absolute"),
        ("'C:\\\\Users\\\\Ann\\\\a.png' names a drive", "'a.png' names a drive"),
        ("images/a.png is not there", "images/a.png is not there"),
        ("https://example.org/x/a.png answered 404", "https://example.org/x/a.png answered 404"),
        (None, None),
    ],
)
def test_a_path_in_a_sentence_keeps_its_last_part(detail: str | None, left: str | None) -> None:
    assert cut_sentence(detail) == left


def test_only_a_table_with_such_a_path_is_copied(tmp_path: Path) -> None:
    workspace = workspace_at(tmp_path / "workspace")
    rows = [question("Which?", "Red", "Blue", key="/home/somebody/a/1"), {"prompt": ""}]
    pulled(workspace, write_lines(tmp_path / "set.jsonl", rows))
    (folder,) = workspace.pull_folders()
    scratch = tmp_path / "scratch"
    assert table_files(workspace, "candidates", scratch) == [folder / "candidates.parquet"]
    (copied,) = table_files(workspace, "prompts", scratch)
    assert copied == scratch / folder.name / "prompts.parquet"
    assert pq.read_table(copied)["source_key"].to_pylist() == ["1"]


def test_a_build_holds_no_folder_of_this_machine(tmp_path: Path) -> None:
    workspace = workspace_at(tmp_path / "workspace")
    rows = [
        question(
            "Which?",
            "Red",
            "Blue",
            key="/home/somebody/a/1",
            attributes={"from": "/home/somebody/b/2"},
        ),
        question("Seen?", "Yes", "No", images=["/home/somebody/c.png"]),
    ]
    pulled(workspace, write_lines(tmp_path / "set.jsonl", rows))
    write_whole(workspace.annotations / "label-1.jsonl", votes(workspace, "human", "h-1"))
    report = built(workspace)
    (pair,) = pq.read_table(report.folder / "pairs.parquet").to_pylist()
    assert (pair["source_key"], pair["attributes"]) == ("1", [("from", "2")])
    dropped = pq.read_table(report.folder / "dropped.parquet")["detail"].to_pylist()
    assert any("c.png" in (detail or "") for detail in dropped)
    assert "/home/" not in str(dropped)
