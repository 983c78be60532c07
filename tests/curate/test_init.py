import os
from pathlib import Path

import pytest

from curate.init import create, named_once
from schemas.errors import ConfigError, UsageError, WorkspaceError
from tests.support.cli import curate


def test_a_new_workspace_has_its_folders_and_its_rubric(tmp_path: Path) -> None:
    workspace = create(tmp_path / "new", "mm-rlhf")
    assert workspace.rubric.name == "mm-rlhf"
    names = {path.name for path in workspace.root.iterdir()}
    assert names == {"curate.toml", ".gitignore", "pulls", "media", "annotations", "builds"}


def test_a_folder_that_is_there_keeps_its_files(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("mine\n", "utf-8")
    create(tmp_path)
    assert (tmp_path / ".gitignore").read_text("utf-8") == "mine\n"


def test_a_workspace_is_not_made_twice(tmp_path: Path) -> None:
    create(tmp_path)
    with pytest.raises(WorkspaceError, match="is a workspace already; go on there with -C"):
        create(tmp_path, "mm-rlhf")


def test_a_file_is_no_place_for_a_workspace(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("mine", "utf-8")
    with pytest.raises(WorkspaceError, match="is a file; name a folder"):
        create(place)
    assert place.read_text("utf-8") == "mine"


def test_an_unknown_preset_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="'five-metrics' unknown; did you mean 'five-metric'"):
        create(tmp_path / "new", "five-metrics")
    assert not (tmp_path / "new").exists()


def test_a_wrong_setting_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="min_margin"):
        create(tmp_path / "new", overrides=["pairs.min_margin=-1"])
    assert not (tmp_path / "new").exists()


def test_settings_are_written_into_the_file(tmp_path: Path) -> None:
    ran = curate("init", tmp_path / "new", "--set", "pairs.policy=adjacent", "--json")
    assert ran.json == {"path": str(tmp_path / "new"), "rubric": "five-metric"}
    assert 'policy = "adjacent"' in (tmp_path / "new" / "curate.toml").read_text("utf-8")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    ran = curate("init", tmp_path / "new")
    tmp_path.chmod(0o700)
    assert (ran.code, ran.err) == (1, f"error: {tmp_path / 'new'}: Permission denied\n")


def test_a_place_below_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    ran = curate("init", tmp_path / "file" / "new")
    assert ran.code == 1
    assert ran.err.startswith(f"error: {tmp_path / 'file' / 'new'}")


def test_the_folder_may_be_named_either_way() -> None:
    one, other = Path("one"), Path("other")
    assert named_once(one, None) == named_once(None, one) == named_once(one, one) == one
    assert named_once(None, None, other) == other
    with pytest.raises(UsageError, match="two folders: one and -C other; name one"):
        named_once(one, other)
    with pytest.raises(UsageError, match="no folder named"):
        named_once(None, None)
