"""A push that is pulled into a fresh workspace builds to the same bytes."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from curate.init import create
from curate.workspace import Workspace
from tests.support.bundles import PERSON, WORDS, built, mixed_workspace, pushed, tables
from tests.support.pulling import events_of, pulled, rows_of, tree


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Path]:
    """A workspace of every kind of thing, built, and the folder of its push."""
    folder = tmp_path_factory.mktemp("mixed")
    workspace = mixed_workspace(folder)
    built(workspace)
    return workspace, pushed(workspace, folder)


def test_the_demo_comes_back_and_builds_to_the_same_bytes(
    demo_workspace: Path, tmp_path: Path
) -> None:
    workspace = Workspace.open(demo_workspace)
    before = built(workspace)
    restored = create(tmp_path / "restored")
    report = pulled(restored, pushed(workspace, tmp_path))
    assert (report.format, report.prompts) == ("push", before.manifest.counts["prompts"])
    assert report.new["events"] == report.counts["events"]
    after = built(restored)
    assert after.manifest.build_id == before.manifest.build_id
    assert tables(after) == tables(before)


def test_all_kinds_of_media_and_votes_come_back(
    mixed: tuple[Workspace, Path], tmp_path: Path
) -> None:
    workspace, folder = mixed
    before = built(workspace)
    counts = before.manifest.counts
    assert counts["pairs"] >= 6
    assert before.manifest.dropped["decontaminate"] == {"contaminated": 4}
    restored = create(tmp_path / "restored")
    pulled(restored, folder)
    after = built(restored)
    assert tables(after) == tables(before)
    assert after.manifest.trust == before.manifest.trust
    assert tree(restored.media) == tree(workspace.media)
    assert restored.routes.is_file()
    names = {path.name for path in restored.journals()}
    assert names == {path.name for path in workspace.journals()}


def test_nothing_of_the_machine_or_of_a_server_leaves(mixed: tuple[Workspace, Path]) -> None:
    workspace, folder = mixed
    told = [str(event) for event in events_of(workspace)]
    assert any(WORDS in text for text in told)
    restored = create(folder.parent / "looked-at")
    pulled(restored, folder)
    texts = [str(event) for event in events_of(restored)]
    texts += [str(row) for table in TABLES_OF_PULLS for row in rows_of(restored, table)]
    texts += [path.read_text("utf-8") for path in folder.rglob("*.json")]
    texts += [(folder / "pairwright" / "curate.toml").read_text("utf-8")]
    whole = "\n".join(texts)
    assert PERSON in whole
    for private in ("/home/", "10.1.2.3", str(workspace.root.parent)):
        assert private not in whole


TABLES_OF_PULLS = ("prompts", "candidates", "dropped")


def test_a_medium_is_in_a_push_once(mixed: tuple[Workspace, Path]) -> None:
    workspace, folder = mixed
    paths = folder.glob("pairwright/media/*")
    packed = {name for path in paths for name in pq.read_table(path)["file"].to_pylist()}
    assert sorted(name.rpartition(".")[2] for name in packed) == ["mp4", "png"]
    held = {
        path.rpartition("/")[2]
        for shard in folder.glob("data/*")
        for row in pq.read_table(shard, columns=["images", "videos"]).to_pylist()
        for column in row.values()
        for path in (one["path"] for one in column)
    }
    stored = {path.name for path in workspace.media.rglob("*") if path.is_file()}
    assert packed | held == stored
    assert not packed & held


def test_a_push_is_the_same_bytes_each_time(mixed: tuple[Workspace, Path], tmp_path: Path) -> None:
    workspace, folder = mixed
    assert tree(pushed(workspace, tmp_path)) == tree(folder)


def test_restoring_twice_changes_nothing(mixed: tuple[Workspace, Path], tmp_path: Path) -> None:
    restored = create(tmp_path / "restored")
    assert not pulled(restored, mixed[1]).existed
    before = tree(restored.root)
    assert pulled(restored, mixed[1]).existed
    assert tree(restored.root) == before
