"""`curate export`: the latest build in the trainers' formats."""

from pathlib import Path
from typing import Annotated

import typer

from curate.console import Console
from curate.options import HERE, DebugOption, JsonOption, SetOption, WorkspaceOption


def export(
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="NAME",
            help="parquet, trl or native; may be repeated.",
            show_default="[export] formats",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Where to; a folder a format is made in it.",
            show_default="exports/ in the workspace",
        ),
    ] = None,
    verify: Annotated[
        bool, typer.Option("--verify", help="Load what was written with the trainer's own code.")
    ] = False,
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Write the latest build for a trainer, pictures included."""
    from curate.exporting import export as export_build
    from curate.summaries import show_export
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    opened = Workspace.open(workspace, overrides or ())
    with console.progress("exporting") as advance:
        results = export_build(opened, formats or (), out, verify=verify, progress=advance)
    show_export(console, results)
