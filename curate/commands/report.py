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
    """Write a page about a build: losses, scores, judge, pairs.

    Up to 300 pairs it is one file. More lie in report-pairs beside it: move both.
    """
    from curate.report.beside import PAIRS
    from curate.report.page import write_report
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    opened = Workspace.open(workspace, overrides or ())
    with console.progress("writing the report", total=None) as advance:
        path = write_report(opened, build_id, progress=lambda text: advance(0, text))
    beside = f" and {PAIRS} beside it" if path.with_name(PAIRS).is_dir() else ""
    console.say(f"Wrote {path}{beside}")
    console.result({"path": str(path)})
