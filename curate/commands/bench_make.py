"""`curate bench make`: a benchmark of one's own out of people's votes."""

from pathlib import Path
from typing import Annotated

import typer

from curate.console import Console
from curate.options import HERE, DebugOption, JsonOption, SetOption, WorkspaceOption


def make(
    per_category: Annotated[
        int, typer.Option(min=1, metavar="N", help="How many prompts of each category.")
    ],
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where to write.", show_default="bench/ in the workspace"),
    ] = None,
    seed: Annotated[
        int, typer.Option(metavar="N", help="Of the draw; another one draws others.")
    ] = 0,
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Write a benchmark out of people's votes.

    It has every two answers that they rank apart, of prompts beyond dispute, and says which lines
    in curate.toml keep those prompts out of every build.
    """
    from curate.benching.making import make as make_benchmark
    from curate.benching.making_text import show_made
    from curate.workspace import Workspace

    opened = Workspace.open(workspace, overrides or ())
    show_made(Console(as_json=as_json), opened, make_benchmark(opened, per_category, out, seed))
