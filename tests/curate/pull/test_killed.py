"""A pull that is killed at any step on the disk leaves no half file, and the next one is whole."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from curate.workspace import Workspace
from tests.support import killed_pull
from tests.support.pictures import write_picture
from tests.support.pulling import (
    events_of,
    pulled,
    question,
    rows_of,
    tree,
    workspace_at,
    write_lines,
)

KILLED = -9
MOST_STEPS = 80


@pytest.fixture
def source(tmp_path: Path) -> Path:
    write_picture(tmp_path / "in" / "a.png")
    write_picture(tmp_path / "in" / "b.png", colour=90)
    rows = [
        question("Which?", "Red", "Blue", images=["a.png"]),
        question("What?", "A", "B", images=["b.png"]),
        {"prompt": " "},
    ]
    return write_lines(tmp_path / "in" / "set.jsonl", rows)


def pull_until(step: int, workspace: Path, source: Path, layout: str) -> int:
    """The exit code of a pull that is killed at a step, or ends before it."""
    asked = [str(workspace), str(source), str(step), layout]
    command = [sys.executable, str(killed_pull.__file__), *asked]
    return subprocess.run(command, check=False, capture_output=True).returncode


def assert_whole(workspace: Workspace) -> None:
    """What readers see is nothing or all of the pull, and every stored file is what it says."""
    seen = (len(rows_of(workspace, "prompts")), len(events_of(workspace)))
    assert seen in ((0, 0), (2, 2))
    for path in workspace.media.glob("[0-9a-f][0-9a-f]/*"):
        assert path.stem == hashlib.sha256(path.read_bytes()).hexdigest()
    for path in workspace.media.glob("packed/*"):
        for row in pq.read_table(path).to_pylist():
            assert row["file"][:64] == hashlib.sha256(row["bytes"]).hexdigest()


def state(workspace: Workspace) -> dict[str, object]:
    """All files, and of the store what it holds: which shard has a file depends on the threads."""
    files = {name: data for name, data in tree(workspace.root).items() if "packed" not in name}
    shards = [pq.read_table(path).to_pylist() for path in workspace.media.glob("packed/*")]
    return {**files, "packed": sorted(row["file"] for rows in shards for row in rows)}


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["files", "packed"])
def test_pull_killed_at_any_step_leaves_nothing_half(
    tmp_path: Path, source: Path, layout: str
) -> None:
    wanted = workspace_at(tmp_path / "wanted")
    pulled(wanted, source, media=layout)
    for step in (*range(1, 6), *range(6, MOST_STEPS, 3)):
        workspace = workspace_at(tmp_path / f"w{step}")
        code = pull_until(step, workspace.root, source, layout)
        assert_whole(workspace)
        pulled(workspace, source, media=layout)
        assert state(workspace) == state(wanted)
        if code == 0:
            return
        assert code == KILLED
    pytest.fail(f"the pull took more than {MOST_STEPS} steps")
