"""`curate label invite`: the link by which annotators sign up."""

from curate.console import Console
from curate.options import HERE, DebugOption, JsonOption, SetOption, WorkspaceOption


def invite(
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Print the link by which annotators sign up.

    Whoever has it can sign up and sees the projects. An account made otherwise sees none.
    """
    from curate.labelling.inviting import invitation
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    link = invitation(Workspace.open(workspace, overrides or ()))
    console.say(link)
    console.result({"link": link})
