"""A workspace may lie under any path that DuckDB can take; what it cannot is said in one line."""

from pathlib import Path

import pytest

from curate.build import build
from curate.workspace import Workspace
from schemas.errors import WorkspaceError
from tests.support.workspaces import NOW, Bench, five, outcome, seal

NAMES = [
    "with space", "it's", "[x]/split=train/ünï", '"quoted"/a*b/-n', "[!a]/**/{a,b}",
    "a#b%20c/$HOME/;drop",
]  # fmt: skip


def _filtered(root: Path) -> Bench:
    root.mkdir(parents=True)
    bench = Bench(root, "".join(
        f"[[filter]]\nname = '{level}'\nlevel = '{level}'\ndrop_when = 'false'\n"
        for level in ("prompt", "candidate", "pair")
    ))  # fmt: skip
    bench.prompt("q", "a", "b")
    bench.vote("q", scores={"a": five(9), "b": five(6)})
    return bench


@pytest.mark.parametrize("name", NAMES)
def test_a_workspace_under_an_odd_path_builds_and_is_read(tmp_path: Path, name: str) -> None:
    """With filters, lines, sealed journals and views."""
    bench = _filtered(tmp_path / name)
    assert outcome(bench.build()) == {("a", "b")}
    workspace = Workspace.open(tmp_path / name)
    assert list(workspace.frame("pairs").split) == ["train"]
    assert len(workspace.frame("ratings")) == 10
    seal(workspace.annotations / "votes.jsonl")
    assert outcome(build(workspace, now=NOW)) == {("a", "b")}
    assert len(workspace.frame("ratings")) == 10


def test_a_pattern_in_the_path_does_not_read_the_folder_beside_it(tmp_path: Path) -> None:
    """The workspace `[ab]` is not the workspace `a`."""
    beside = _filtered(tmp_path / "a")
    beside.prompt("another", "x", "y")
    beside.write()
    named = _filtered(tmp_path / "[ab]")
    report = named.build()
    assert report.manifest.counts["prompts"] == 1


@pytest.mark.parametrize("name", ["what?", "back\\slash"])
def test_a_path_that_duckdb_cannot_take_is_refused_with_the_fix(tmp_path: Path, name: str) -> None:
    bench = _filtered(tmp_path / name)
    with pytest.raises(WorkspaceError, match="move the workspace"):
        bench.build()


def _broken(bench: Bench, table: str, content: bytes | None) -> Workspace:
    workspace = bench.write()
    path = workspace.pulls / "test-1" / f"{table}.parquet"
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    return workspace


@pytest.mark.parametrize("table", ["prompts", "candidates", "dropped"])
@pytest.mark.parametrize("content", [None, b"", b"hello", b"PAR1" + bytes(64)])
def test_a_pulled_table_that_cannot_be_read_stops_with_its_path(
    tmp_path: Path, table: str, content: bytes | None
) -> None:
    workspace = _broken(_filtered(tmp_path / "w"), table, content)
    with pytest.raises(WorkspaceError, match=rf"{table}\.parquet"):
        build(workspace, now=NOW)
    assert workspace.latest_build() is None


def test_a_sealed_journal_that_cannot_be_read_stops_with_its_path(tmp_path: Path) -> None:
    workspace = _filtered(tmp_path / "w").write()
    (workspace.annotations / "sealed.parquet").write_bytes(b"hello")
    with pytest.raises(WorkspaceError, match=r"sealed\.parquet"):
        build(workspace, now=NOW)


@pytest.mark.parametrize("content", ["[]", "{", "null"])
def test_a_pull_without_a_manifest_object_stops_with_its_path(tmp_path: Path, content: str) -> None:
    workspace = _filtered(tmp_path / "w").write()
    (workspace.pulls / "test-1" / "pull.json").write_text(content)
    with pytest.raises(WorkspaceError, match=r"pull\.json"):
        build(workspace, now=NOW)
