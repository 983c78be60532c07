"""`curate forget`: a wrong pull taken back."""

from typing import Annotated

import typer

from curate.console import Console
from curate.options import HERE, DebugOption, JsonOption, SetOption, WorkspaceOption


def forget(
    pull: Annotated[str, typer.Argument(metavar="PULL", help="A pull's id, or the start of it.")],
    workspace: WorkspaceOption = HERE,
    yes: Annotated[
        bool, typer.Option("--yes", help="Also where people voted on its prompts.")
    ] = False,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Take a pull back: its rows and votes no longer count.

    Nothing is erased: pulling its source again brings it back.
    """
    from datetime import UTC, datetime

    from curate.pull.forget import agreed
    from curate.pull.forget import forget as forget_pull
    from curate.pull.summary import show_forget
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    opened = Workspace.open(workspace, overrides or ())
    sure = yes or agreed(opened, pull, ask=None if as_json else typer.confirm)
    show_forget(console, forget_pull(opened, pull, now=datetime.now(UTC), yes=sure))
