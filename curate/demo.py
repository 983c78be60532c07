"""The demo: the whole way on the sample that ships with the package, without the network.

The judge's replies ship, too: they are recorded ones, so its stage runs as it would with a model.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path

import pyarrow.parquet as pq

from curate.build import BuildReport, build
from curate.exporting import export
from curate.init import create
from curate.judge.options import Options
from curate.judge.overview import overview
from curate.judge.stage import JudgeReport, judge
from curate.pull.report import PullReport
from curate.pull.stage import pull
from curate.quality.measure import measure
from curate.quality.text import write_quality
from curate.report.page import write_report
from curate.workspace import CONFIG_NAME, Workspace
from export.base import ExportResult
from schemas.errors import WorkspaceError

MARK = ".demo"
LICENCE = "Apache-2.0"
RECORDED = "judgements.jsonl"
STAGES = ("pull", "judge", "build", "export", "quality", "report")
"""What `progress` is told when it begins, in this order."""

JUDGE = (
    f"judge.base_url={RECORDED}",
    "judge.model=recorded-judge",
    "judge.provider=replay",
)
"""What has the judge's stage read its replies from a file in the workspace."""

DEDUPE = (
    "dedupe.boilerplate=false",
    "dedupe.image_hamming=10",
    "dedupe.prompt_jaccard=0.8",
    "dedupe.response_jaccard=0.8",
)
"""What finds the near-duplicates that the sample has planted, and counts copied texts."""

ABOUT = (
    'export.title="The demo of pairwright"',
    (
        'export.description="Made up, to show what the tool does: the pictures, texts and ratings '
        "were written for a demo, and the judge's replies too; no model was asked. The figures "
        'below are no measurements and say nothing of people, judges or models."'
    ),
)
"""What the card of a pushed demo says first."""

PSEUDONYMS = ('export.pseudonyms=["rater-a", "rater-b"]',)
"""The sample's raters name nobody, so that the demo can be pushed."""


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What each stage of the demo said, and where the page lies.

    `unstable` counts the pairs on which the judge's orders disagree. `first_pair` is the id of one
    to look at, null without any.
    """

    workspace: Workspace
    pull: PullReport
    judge: JudgeReport
    unstable: int
    build: BuildReport
    export: ExportResult
    page: Path
    first_pair: str | None


def demo(
    directory: Path,
    *,
    now: datetime,
    overrides: Sequence[str] = (),
    progress: Callable[[str], None] = lambda _stage: None,
) -> DemoReport:
    """Pull the sample into a workspace at `directory`, judge, build, export and write the page.

    A second run finds everything there. `progress` is told the name of each stage, and between
    them what a stage is at. Raises WorkspaceError where the folder holds another
    workspace or other files.
    """
    workspace = _open(directory, overrides)
    sample = resources.files("curate") / "sample"
    with resources.as_file(sample / "sample.jsonl") as path:
        progress("pull")
        pulled = pull(workspace, str(path), licence=LICENCE, now=now)
    (workspace.root / RECORDED).write_bytes((sample / RECORDED).read_bytes())
    progress("judge")
    judged = judge(workspace, Options(now=lambda: now))
    if judged.stopped is not None:
        raise judged.stopped
    progress("build")
    built = build(workspace, now=now, progress=lambda step: progress(f"build: {step}"))
    progress("export")
    exported = export(workspace, ["trl"], None)["trl"]
    progress("quality")
    quality = measure(workspace)
    unstable = _unstable(workspace)
    progress("report")
    page = write_report(
        workspace, quality=quality, progress=lambda what: progress(f"report: {what}")
    )
    write_quality(quality, page.parent)
    first = _first_pair(built.folder)
    return DemoReport(workspace, pulled, judged, unstable, built, exported, page, first)


def _open(directory: Path, overrides: Sequence[str]) -> Workspace:
    """The demo's workspace. Its judge is the recorded one, whatever was written there since."""
    given = (*JUDGE, *overrides)
    if (directory / MARK).is_file() and (directory / CONFIG_NAME).is_file():
        return Workspace.open(directory, given)
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise WorkspaceError(
            f"{directory} is there and was not made by the demo", "name another folder"
        )
    create(directory, overrides=(*JUDGE, *DEDUPE, *PSEUDONYMS, *ABOUT))
    (directory / MARK).write_text("made by curate demo\n", "utf-8")
    return Workspace.open(directory, given)


def _unstable(workspace: Workspace) -> int:
    """Pairs on which the judge's orders disagree; a run that asked nothing did not count them."""
    found = overview(workspace).findings.unstable or {}
    return sum(one.opposite + one.spread for one in found.values())


def _first_pair(build: Path) -> str | None:
    for batch in pq.ParquetFile(build / "pairs.parquet").iter_batches(1, columns=["pair_id"]):
        return str(batch.column("pair_id")[0])
    return None
