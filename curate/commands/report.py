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
    """Write a page about a build: counts, scores, a few pairs."""
    from curate.report.page import write_report
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    path = write_report(Workspace.open(workspace, overrides or ()), build_id)
    console.say(f"Wrote {path}")
    console.result({"path": str(path)})
