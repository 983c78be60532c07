"""The demo: the whole way on the sample that ships with the package, without the network."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path

from curate.build import BuildReport, build
from curate.exporting import export
from curate.init import create
from curate.pull.report import PullReport
from curate.pull.stage import pull
from curate.report.page import write_report
from curate.workspace import CONFIG_NAME, Workspace
from export.base import ExportResult
from schemas.errors import WorkspaceError

MARK = ".demo"
LICENCE = "Apache-2.0"


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What each stage of the demo said, and where the page lies."""

    workspace: Workspace
    pull: PullReport
    build: BuildReport
    export: ExportResult
    page: Path


def demo(
    directory: Path,
    *,
    now: datetime,
    overrides: Sequence[str] = (),
    progress: Callable[[str], None] = lambda _stage: None,
) -> DemoReport:
    """Pull the sample into a workspace at `directory`, build, export for TRL and write the page.

    A second run finds everything there. Raises WorkspaceError where the folder holds another
    workspace or other files.
    """
    workspace = _open(directory, overrides)
    sample = resources.files("curate") / "sample" / "sample.jsonl"
    with resources.as_file(sample) as path:
        progress("pull")
        pulled = pull(workspace, str(path), licence=LICENCE, now=now)
    progress("build")
    built = build(workspace, now=now)
    progress("export")
    exported = export(workspace, ["trl"], None)["trl"]
    progress("report")
    return DemoReport(workspace, pulled, built, exported, write_report(workspace))


def _open(directory: Path, overrides: Sequence[str]) -> Workspace:
    if (directory / MARK).is_file() and (directory / CONFIG_NAME).is_file():
        return Workspace.open(directory, overrides)
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise WorkspaceError(
            f"{directory} is there and was not made by the demo", "name another folder"
        )
    create(directory)
    (directory / MARK).write_text("made by curate demo\n", "utf-8")
    return Workspace.open(directory, overrides)
