"""`curate diff`: two builds side by side."""

from typing import Annotated

import typer

from curate.console import Console
from curate.options import HERE, DebugOption, JsonOption, SetOption, WorkspaceOption


def diff(
    a: Annotated[str, typer.Argument(metavar="A", help="A build's id, or the start of it.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another build's.")],
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Say which pairs two builds differ in, and what caused it.

    Pairs are added, lost or flipped in B; each with the step that drops it in the other build, and
    the setting, votes or pulls that changed.
    """
    from curate.diffing import diff as diff_builds
    from curate.diffing_text import show_diff
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    show_diff(console, diff_builds(Workspace.open(workspace, overrides or ()), a, b))
