"""`curate label status`: how far labelling is, while it runs."""

from typing import Annotated

import typer

from curate.console import Console
from curate.options import HERE, DebugOption, JsonOption, SetOption, WorkspaceOption


def status(
    names: Annotated[
        bool, typer.Option("--names", help="Name raters as they sign in, not by pseudonym.")
    ] = False,
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Say how far labelling is: by project, by rater, and how many hours are left.

    Tasks and skips are as the server has them now; votes, pace, agreement, gold and reviews are of
    what was pulled. Without a server only the latter are shown.
    """
    from curate.labelling.status import look
    from curate.labelling.status_text import show_status
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    show_status(console, look(Workspace.open(workspace, overrides or ())), names=names)
