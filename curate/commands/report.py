"""`curate report`: a page about a build."""

from typing import Annotated

import typer

from curate.console import Console
from curate.options import HERE, DebugOption, JsonOption, SetOption, WorkspaceOption


def report(
    build_id: Annotated[
        str | None,
        typer.Option("--build", metavar="ID", help="A build's id; the latest if not given."),
    ] = None,
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Write a page about a build: losses, scores, raters, pairs.

    Up to 300 pairs it is one file. More lie in report-pairs beside it: move both. quality.json
    holds every figure of agreement and raters, of the votes as they are now.
    """
    from curate.quality.measure import measure
    from curate.quality.text import show_quality, write_quality
    from curate.report.beside import PAIRS
    from curate.report.page import write_report
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    opened = Workspace.open(workspace, overrides or ())
    folder = opened.build_folder(build_id)
    with console.progress("writing the report", total=None) as advance:
        advance(0, "agreement of raters")
        quality = measure(opened)
        path = write_report(opened, folder.name, quality, lambda text: advance(0, text))
    figures = write_quality(quality, folder)
    show_quality(console, quality)
    beside = f", {PAIRS}" if path.with_name(PAIRS).is_dir() else ""
    console.say(f"Wrote {path}{beside} and {figures.name}")
    console.result({"path": str(path), "quality": quality.model_dump(mode="json")})
