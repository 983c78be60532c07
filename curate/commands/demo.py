"""`curate demo`: from the bundled sample to pairs, offline, in a few seconds."""

from pathlib import Path
from typing import Annotated

import typer

from curate.console import Console
from curate.options import DebugOption, JsonOption, NewFolderOption, SetOption


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

    from curate.init import named_once

    console = Console(as_json=as_json)
    target = named_once(directory, workspace, Path("pairwright-demo"))
    with console.progress("loading"):  # what the stages are made of takes seconds
        from curate.demo import STAGES
        from curate.demo import demo as walk
        from curate.summaries import show_demo

    with console.progress(STAGES[0], total=len(STAGES)) as advance:
        found = walk(
            target,
            now=datetime.now(UTC),
            overrides=overrides or (),
            progress=lambda text: advance(text in STAGES[1:], text),
        )
    show_demo(console, found, target)
