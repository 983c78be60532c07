"""`curate label pull`: people's votes out of Label Studio."""

from typing import Annotated

import typer

from curate.console import Console
from curate.options import HERE, DebugOption, JsonOption, SetOption, WorkspaceOption


def pull(
    watch: Annotated[
        float | None,
        typer.Option(min=1, metavar="SECONDS", help="Pull again every so often, until Ctrl-C."),
    ] = None,
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Take in what people said since the last pull; pulling twice adds nothing.

    An edited vote replaces the earlier one and a deleted one is taken back. Skips are counted.
    Annotators get pseudonyms; who is who stands in .label-studio/raters.json.
    """
    from curate.labelling import pulling
    from curate.labelling.pull_text import say_pull
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    opened = Workspace.open(workspace, overrides or ())
    if watch is None:
        report = pulling.pull(opened)
        say_pull(console, report)
    else:
        report = pulling.watch(
            lambda: pulling.pull(opened),
            watch,
            lambda found: say_pull(console, found),
            lambda error: console.warn(str(error)),
        )
    console.result(report.payload())
