"""`curate demo`: from the bundled sample to pairs, offline, in a few seconds."""

from pathlib import Path
from typing import Annotated

import typer

from curate.console import Console
from curate.options import DebugOption, JsonOption, NewFolderOption, SetOption

STAGES = 5


def demo(
    directory: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR", help="The workspace to make.", show_default="pairwright-demo"
        ),
    ] = None,
    workspace: NewFolderOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Go the whole way on the bundled sample, offline.

    Pull, judge with recorded replies, build, export for TRL and write the page.
    """
    from datetime import UTC, datetime

    from curate.demo import demo as walk
    from curate.init import named_once
    from curate.summaries import show_demo

    console = Console(as_json=as_json)
    target = named_once(directory, workspace, Path("pairwright-demo"))
    with console.progress("demo", total=STAGES) as advance:
        found = walk(
            target,
            now=datetime.now(UTC),
            overrides=overrides or (),
            progress=lambda _stage: advance(1),
        )
    show_demo(console, found, target)
