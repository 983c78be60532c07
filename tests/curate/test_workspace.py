"""The workspace knows its layout: which pulls, journals and builds count."""

from pathlib import Path

import pytest

from curate.workspace import Workspace
from schemas.errors import WorkspaceError
from tests.support.workspaces import Bench, five


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path)
    bench.prompt("q", "a", "b")
    bench.vote("q", scores={"a": five(9), "b": five(6)})
    return bench


def test_a_folder_without_config_is_no_workspace_and_says_the_fix(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="curate init DIR"):
        Workspace.open(tmp_path)


def test_only_committed_pulls_that_were_not_taken_back_count(bench: Bench) -> None:
    workspace = bench.write()
    for name in ("half", ".staging", "gone"):
        (workspace.pulls / name).mkdir()
    for name in (".staging", "gone"):
        (workspace.pulls / name / "pull.json").write_text("{}")
    (workspace.pulls / "gone" / "tombstone.json").write_text("{}")
    assert [folder.name for folder in workspace.pull_folders()] == ["test-1"]


def test_a_pulls_journal_counts_while_its_pull_is_there(bench: Bench) -> None:
    workspace = bench.write()
    for name in ("pull-test-1.jsonl", "pull-other.jsonl", "run.parquet", "notes.txt"):
        (workspace.annotations / name).write_bytes(b"")
    names = [path.name for path in workspace.journals()]
    assert names == ["pull-test-1.jsonl", "run.parquet", "votes.jsonl"]


def test_before_the_first_build_there_is_no_latest(bench: Bench) -> None:
    workspace = bench.write()
    assert workspace.latest_build() is None
    with pytest.raises(WorkspaceError, match="run: curate build"):
        workspace.build_folder()


def test_a_build_is_found_by_the_beginning_of_its_id(bench: Bench) -> None:
    report = bench.build()
    workspace = Workspace.open(bench.root)
    assert workspace.build_folder(report.manifest.build_id[:8]) == report.folder
    assert workspace.latest_build() == report.folder.resolve()
    with pytest.raises(WorkspaceError, match="build 'zz' unknown"):
        workspace.build_folder("zz")


def test_a_frame_has_a_row_for_each_row_of_the_table(bench: Bench) -> None:
    bench.build()
    workspace = Workspace.open(bench.root)
    shapes = {name: len(workspace.frame(name)) for name in ("prompts", "candidates", "ratings")}
    assert shapes == {"prompts": 1, "candidates": 2, "ratings": 10}
    pairs = workspace.frame("pairs")
    assert list(pairs["chosen"]) == ["a"]
    assert float(pairs["margin_raw"].iloc[0]) == 3.0


def test_an_unknown_table_is_named_with_the_nearest(bench: Bench) -> None:
    bench.build()
    with pytest.raises(WorkspaceError, match="did you mean 'pairs'"):
        Workspace.open(bench.root).frame("pair")


def test_a_builds_table_before_the_first_build_says_what_to_run(bench: Bench) -> None:
    with pytest.raises(WorkspaceError, match="run: curate build"):
        bench.write().frame("pairs")
