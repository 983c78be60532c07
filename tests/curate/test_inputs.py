"""What a build reads is known by content, up to the last newline and without times."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from curate.inputs import Inputs, read_inputs
from schemas.errors import WorkspaceError
from tests.support.workspaces import NOW, Bench, five, seal


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path)
    bench.prompt("q", "a", "b")
    bench.vote("q", scores={"a": five(9), "b": five(6)})
    return bench


def _build_id(bench: Bench, inputs: Inputs) -> str:
    return inputs.build_id(bench.write().settings)


def test_inputs_are_pulls_and_journals_in_a_fixed_order(bench: Bench) -> None:
    workspace = bench.write()
    (workspace.annotations / "a.jsonl").write_bytes(b"")
    inputs = read_inputs(workspace)
    paths = [file.path for file in inputs.files]
    assert paths == ["pulls/test-1", "annotations/a.jsonl", "annotations/votes.jsonl"]
    assert inputs.licences == {"test-1": "CC0-1.0"}


def test_the_time_of_a_pull_is_no_input(bench: Bench) -> None:
    workspace = bench.write()
    before = read_inputs(workspace)
    path = workspace.pulls / "test-1" / "pull.json"
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps({**manifest, "at": (NOW + timedelta(days=1)).isoformat()}))
    assert read_inputs(workspace) == before
    path.write_text(json.dumps({**manifest, "digest": "1" * 64}))
    assert read_inputs(workspace) != before


def test_a_torn_line_is_no_input(bench: Bench) -> None:
    workspace = bench.write()
    before = read_inputs(workspace)
    with (workspace.annotations / "votes.jsonl").open("ab") as file:
        file.write(b"{")
    assert read_inputs(workspace) == before


@pytest.mark.parametrize("change", ["name", "order", "sealed"])
def test_the_name_order_and_form_of_a_journal_make_another_build_id(
    bench: Bench, change: str
) -> None:
    """The rows are the same: the id is over the files as they lie, so the build is made again."""
    bench.vote("q", "human:ben", {"a": five(9), "b": five(3)})
    workspace = bench.write()
    before = _build_id(bench, read_inputs(workspace))
    path = workspace.annotations / "votes.jsonl"
    if change == "name":
        path.rename(path.with_name("other.jsonl"))
    elif change == "order":
        path.write_bytes(b"".join(reversed(path.read_bytes().splitlines(keepends=True))))
    else:
        seal(path)
    assert _build_id(bench, read_inputs(workspace)) != before


def test_a_pulls_own_journal_is_in_its_digest_and_a_forgotten_pull_gives_none(
    bench: Bench,
) -> None:
    workspace = bench.write()
    votes = workspace.annotations / "votes.jsonl"
    votes.rename(votes.with_name("pull-test-1.jsonl"))
    assert [file.path for file in read_inputs(workspace).files] == ["pulls/test-1"]
    (workspace.pulls / "test-1" / "tombstone.json").write_text("{}")
    assert read_inputs(workspace).files == ()


def test_a_torn_pull_manifest_is_named(bench: Bench) -> None:
    workspace = bench.write()
    (workspace.pulls / "test-1" / "pull.json").write_text("{")
    with pytest.raises(WorkspaceError, match=r"pull\.json"):
        read_inputs(workspace)
