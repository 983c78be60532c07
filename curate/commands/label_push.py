"""`curate label push`: routed prompts become people's tasks."""

from typing import Annotated

import typer

from curate.console import Console
from curate.options import HERE, DebugOption, DryRunOption, JsonOption, SetOption, WorkspaceOption


def push(
    limit: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Only so many new prompts, e.g. a pilot."),
    ] = None,
    qualification: Annotated[
        bool,
        typer.Option(
            "--qualification",
            help="Push gold prompts that every annotator gets before the work, and no work.",
        ),
    ] = False,
    preannotate: Annotated[
        bool,
        typer.Option(
            "--preannotate",
            help="Begin pages with the judge's scores. Quicker, but people are drawn towards what "
            "they see, so such votes do not check the judge.",
        ),
    ] = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Put prompts that are routed to people into Label Studio, once each.

    The server's own task list says what is there, so running it again adds what is new and goes on
    where a push was stopped.
    """
    from curate.labelling import pushing
    from curate.labelling.pushing_text import show_push
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    options = pushing.Options(
        dry_run=dry_run,
        limit=limit,
        qualification=qualification,
        preannotate=preannotate,
        bar=lambda total: console.progress("pushing", total),
    )
    show_push(console, pushing.push(Workspace.open(workspace, overrides or ()), options))
