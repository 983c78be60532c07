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
    to the qualification where there is one, else to the project with the most open tasks. The lines
    below the link are to be sent along.
    """
    from dataclasses import asdict

    from curate.labelling.inviting import invitation
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    with console.progress("asking Label Studio"):
        found = invitation(Workspace.open(workspace, overrides or ()))
    console.say(found.link)
    for line in found.lines:
        console.say(line)
    if found.done:
        console.warn("every task has its votes; curate label pull takes them in")
    elif found.project is None:
        console.warn("there is nothing to label yet; curate label push makes tasks, then ask again")
    console.result(asdict(found))
