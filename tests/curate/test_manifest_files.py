from pathlib import Path

import pytest

from curate.manifest_files import build_manifest, pull_manifest
from curate.workspace import Workspace
from schemas.errors import WorkspaceError
from tests.support.cli import curate
from tests.support.workspaces import Bench


def test_what_was_written_is_read(built: Bench) -> None:
    workspace = Workspace.open(built.root)
    folder = workspace.build_folder()
    assert build_manifest(folder).build_id == folder.name
    assert pull_manifest(workspace.pull_folders()[0]).pull_id == "test-1"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"build_id": 3}', '{"extra": 1}'])
def test_a_damaged_manifest_is_named_with_the_fix(text: str, built: Bench) -> None:
    folder = Workspace.open(built.root).build_folder()
    (folder / "manifest.json").write_text(text, "utf-8")
    with pytest.raises(WorkspaceError, match=r"manifest\.json.*; run: curate build --force"):
        build_manifest(folder)


@pytest.mark.parametrize("command", ["status", "build", "report", "export"])
def test_no_command_ends_in_a_traceback_over_a_damaged_manifest(command: str, built: Bench) -> None:
    folder = Workspace.open(built.root).build_folder()
    (folder / "manifest.json").write_text("{", "utf-8")
    ran = curate(command, "-C", built.root)
    assert ran.code == 1
    assert "manifest.json" in ran.err
    assert "unexpected" not in ran.err


def test_a_damaged_pull_is_named(built: Bench) -> None:
    path: Path = built.root / "pulls" / "test-1" / "pull.json"
    path.write_text('{"pull_id": 1}', "utf-8")
    ran = curate("status", "-C", built.root)
    assert ran.code == 1
    assert str(path) in ran.err
    assert "pull that source again" in ran.err
