"""`curate export`: the latest build in the trainers' formats."""

from pathlib import Path
from typing import Annotated

import typer

from curate.console import Console
from curate.options import HERE, DebugOption, JsonOption, SetOption, WorkspaceOption


def export(
    context: typer.Context,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="NAME",
            help="A trainer's format; may be repeated. --list names them.",
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
    verify_with: Annotated[
        str | None,
        typer.Option(
            metavar="PYTHON",
            envvar="PAIRWRIGHT_VERIFY_PYTHON",
            show_envvar=True,
            help="The interpreter that has the trainer, if another one; implies --verify.",
        ),
    ] = None,
    k: Annotated[
        float | None,
        typer.Option(
            "--k",
            help="Scale of ls_factor = 1 - exp(-k max(delta, 0)), for mm-rlhf.",
            show_default="[export] k",
        ),
    ] = None,
    reward_margin: Annotated[
        bool, typer.Option("--reward-margin", help="Write a margin (0 to 1) for reward models.")
    ] = False,
    threshold: Annotated[
        float | None,
        typer.Option(
            metavar="POINTS",
            help="The least score of a best answer, for best-of-n.",
            show_default="[export] threshold",
        ),
    ] = None,
    list_formats: Annotated[
        bool, typer.Option("--list", help="Say which formats there are, and write nothing.")
    ] = False,
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Write the latest build for a trainer, pictures included."""
    from json import dumps as json

    from curate.exporting import export as export_build
    from curate.exporting import known_formats, warnings_of
    from curate.summaries import show_export, show_formats
    from curate.verifying import refusals
    from curate.verifying import verify as verify_export
    from curate.workspace import Workspace
    from export.verify.running import interpreter

    console = Console(as_json=as_json)
    if list_formats:
        show_formats(console, known_formats())
        return
    verify = verify or _said(context, "verify_with")
    python = interpreter(verify_with) if verify else None
    given = {"k": k, "reward_margin": reward_margin or None, "threshold": threshold}
    asked = [f"export.{name}={json(value)}" for name, value in given.items() if value is not None]
    opened = Workspace.open(workspace, [*(overrides or ()), *asked])
    with console.progress("exporting") as advance:
        results = export_build(opened, formats or (), out, advance)
    if verify:
        with console.progress("verifying", total=len(results)) as advance:
            results = verify_export(results, python, advance)
    show_export(console, results, warnings_of(opened, results))
    refused = refusals(results)
    for line in refused:
        console.fail(f"{line}; the files are as they were written")
    if refused:
        raise typer.Exit(1)


def _said(context: typer.Context, option: str) -> bool:
    """Whether an option stands on the command line; the environment alone asks for nothing."""
    source = context.get_parameter_source(option)
    return source is not None and source.name == "COMMANDLINE"
