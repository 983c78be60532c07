"""`curate init`: a workspace with a commented curate.toml."""

from pathlib import Path
from typing import Annotated

import typer

from curate.console import Console
from curate.options import DebugOption, JsonOption


def init(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")],
    preset: Annotated[
        str, typer.Option(help="The rubric: five-metric or mm-rlhf.")
    ] = "five-metric",
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Make a workspace with a commented curate.toml."""
    from curate.init import create

    console = Console(as_json=as_json)
    workspace = create(directory, preset)
    console.say(f"Made the workspace {directory} with the rubric {workspace.rubric.name}.")
    console.say("Next: curate pull SOURCE -C " + str(directory))
    console.result({"path": str(directory), "rubric": workspace.rubric.name})
