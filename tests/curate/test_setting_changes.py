"""Which settings a build was made with that are others now, and who is told."""

from pathlib import Path

import pytest

from curate.manifest_files import build_manifest
from curate.setting_changes import made_otherwise, since_build
from curate.workspace import Workspace
from tests.support.cli import curate
from tests.support.workspaces import Bench

TRIAL = ("pairs.policy=all-ranked", "pairs.min_margin=1")
SAID = (
    'this build was made with pairs.min_margin = 1, curate.toml says 2; pairs.policy = "all-ranked"'
    ', curate.toml says "mllm-dpo"'
)


@pytest.fixture
def tried(built: Bench) -> Path:
    """A workspace whose last build was a trial with other settings."""
    built.build(*TRIAL)
    return built.root


def test_a_trial_is_told_from_a_build_by_curate_toml(built: Bench) -> None:
    workspace = Workspace.open(built.root)
    assert made_otherwise(workspace, build_manifest(workspace.build_folder())) == ()
    built.build(*TRIAL)
    trial = build_manifest(workspace.build_folder())
    assert made_otherwise(workspace, trial) == (SAID,)
    assert made_otherwise(Workspace.open(built.root, TRIAL), trial) == ()


def test_what_is_given_for_once_is_not_put_down_to_curate_toml(built: Bench) -> None:
    workspace = Workspace.open(built.root, ["pairs.min_margin=1"])
    assert made_otherwise(workspace, build_manifest(workspace.build_folder())) == (
        "this build was made with pairs.min_margin = 2, --set says 1",
    )


def test_weights_are_named_once(built: Bench) -> None:
    built.build("score.weights.helpfulness=2")
    workspace = Workspace.open(built.root)
    assert made_otherwise(workspace, build_manifest(workspace.build_folder())) == (
        'this build was made with score.weights = {"helpfulness": 2.0}, curate.toml says {}',
    )


def test_a_setting_that_an_older_version_did_not_have_is_no_difference(built: Bench) -> None:
    workspace = Workspace.open(built.root)
    manifest = build_manifest(workspace.build_folder())
    settings = {name: value for name, value in manifest.settings.items() if name != "limits"}
    settings["split"] = {**settings["split"], "test": 0.5}
    older = manifest.model_copy(update={"version": "0.0.1", "settings": settings})
    test = workspace.settings.config.split.test
    assert since_build(workspace, older) == {"split.test": (0.5, test)}


def test_an_export_of_a_trial_warns_once(tried: Path, tmp_path: Path) -> None:
    asked = ("export", "--format", "trl", "--format", "parquet", "-C", tried, "--out", tmp_path)
    ran = curate(*asked)
    assert (ran.code, ran.err) == (0, f"warning: {SAID}\n")
    assert curate(*asked, "--json").json["warnings"] == [SAID]
    assert curate(*asked, *(part for one in TRIAL for part in ("--set", one))).err == ""


def test_an_export_that_reads_no_build_does_not_warn(tried: Path, tmp_path: Path) -> None:
    ran = curate("export", "--format", "native", "-C", tried, "--out", tmp_path)
    assert (ran.code, ran.err) == (0, "")
