"""Pushed folders as they are staged, and what of two builds must be the same."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from curate.build import BuildReport, build
from curate.bundle.writing import write_bundle
from curate.exporting import export
from curate.workspace import Workspace
from tests.support.workspaces import NOW

TABLES = ("pairs", "ties", "dropped", "scores")


def pushed(workspace: Workspace, folder: Path) -> Path:
    """The folder of a push of the latest build: its pairs in data/, and the bundle."""
    result = export(workspace, ["parquet"], folder / "exports")["parquet"]
    staging = folder / "push"
    (staging / "data").mkdir(parents=True)
    for name in result.files:
        shutil.copyfile(result.path / name, staging / "data" / name)
    write_bundle(workspace, workspace.build_folder(), staging)
    return staging


def built(workspace: Workspace) -> BuildReport:
    """A build of the workspace as it lies now."""
    return build(Workspace.open(workspace.root, workspace.overrides), now=NOW)


def tables(report: BuildReport) -> Mapping[str, bytes]:
    """The bytes of a build's tables."""
    return {name: (report.folder / f"{name}.parquet").read_bytes() for name in TABLES}
