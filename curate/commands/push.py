"""`curate push`: the latest build as a data set on the Hub."""

from typing import Annotated

import typer

from curate.console import Console
from curate.options import (
    HERE,
    DebugOption,
    DryRunOption,
    JsonOption,
    SetOption,
    WorkspaceOption,
)


def push(
    repo: Annotated[str, typer.Argument(metavar="REPO", help="The data set, OWNER/NAME.")],
    public: Annotated[
        bool, typer.Option("--public", help="Let everybody see it; else it is private.")
    ] = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Push the latest build to the Hub: whole or not at all.

    HF_TOKEN must be in the environment; HF_ENDPOINT names another Hub. A killed push is taken up by
    running it again, and what did not change is not sent. The version gets the build's id as its
    tag. A build whose splits leak, or that could name who rated, is refused.
    """
    from curate.pushing.stage import Target, push_build
    from curate.pushing.summary import show_push, size_text
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    opened = Workspace.open(workspace, overrides or ())
    target = Target.of(repo, public=public)
    with console.progress("exporting") as advance:
        report = push_build(
            opened,
            target,
            dry_run=dry_run,
            exporting=advance,
            sending=lambda size: advance(0, f"sent {size_text(size)}"),
            told=console.warn,
        )
    show_push(console, report)
