"""`curate label push`: routed prompts become people's tasks."""

from typing import Annotated

import typer

from curate.console import Console
from curate.options import HERE, DebugOption, DryRunOption, JsonOption, SetOption, WorkspaceOption


def push(
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Only so many new tasks, e.g. a pilot.")
    ] = None,
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
        dry_run=dry_run, limit=limit, bar=lambda total: console.progress("pushing", total)
    )
    show_push(console, pushing.push(Workspace.open(workspace, overrides or ()), options))
