"""`curate label invite`: the link by which annotators sign up."""

from curate.console import Console
from curate.options import HERE, DebugOption, JsonOption, SetOption, WorkspaceOption


def invite(
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Print the link by which annotators sign up and begin to label.

    Whoever has it can sign up and sees the projects. An account made otherwise sees none. It leads
    to the qualification where there is one, else to the project with the most tasks.
    """
    from dataclasses import asdict

    from curate.labelling.inviting import invitation
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    found = invitation(Workspace.open(workspace, overrides or ()))
    console.say(found.link)
    if found.project is None:
        console.warn("there is nothing to label yet; curate label push makes tasks, then ask again")
    console.result(asdict(found))
