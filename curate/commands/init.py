"""`curate init`: a workspace with a commented curate.toml."""

from pathlib import Path
from typing import Annotated

import typer

from curate.console import Console
from curate.options import DebugOption, JsonOption, NewFolderOption, SetOption


def init(
    directory: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="The folder to make.")
    ] = None,
    preset: Annotated[
        str, typer.Option(metavar="NAME", help="The rubric: five-metric or mm-rlhf.")
    ] = "five-metric",
    workspace: NewFolderOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Make a workspace with a commented curate.toml.

    What --set names is written into it.
    """
    from curate.init import create, named_once

    console = Console(as_json=as_json)
    made = create(named_once(directory, workspace), preset, overrides or ())
    console.say(f"Made the workspace {made.root} with the rubric {made.rubric.name}.")
    console.say(f"Next: curate pull SOURCE -C {made.root}")
    console.result({"path": str(made.root), "rubric": made.rubric.name})
