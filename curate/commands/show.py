"""`curate show`: everything behind a prompt, a candidate, a pair or an event."""

from typing import Annotated

import typer

from curate.console import Console
from curate.options import HERE, DebugOption, JsonOption, SetOption, WorkspaceOption


def show(
    identifier: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="An id, its first characters (6 or more), or your key of a prompt."
        ),
    ],
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Show all that is behind a prompt, an answer, a pair or a vote.

    The question, the answers, every vote, what was dropped, and the settings that decided.
    """
    from curate.show import behind
    from curate.show_text import tell
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    found = behind(Workspace.open(workspace, overrides or ()), identifier)
    tell(console, found)
    console.result(found)
