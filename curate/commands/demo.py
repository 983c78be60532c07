"""`curate demo`: the whole way on the bundled sample, offline."""

from pathlib import Path
from typing import Annotated

import typer

from curate.console import Console
from curate.options import DebugOption, JsonOption

STAGES = 4


def demo(
    directory: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="The workspace to make.")
    ] = Path("pairwright-demo"),
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Walk the whole way on the bundled sample, offline: pull, build, export, report."""
    from datetime import UTC, datetime

    from curate.demo import demo as walk
    from curate.summaries import show_demo

    console = Console(as_json=as_json)
    with console.progress("demo", total=STAGES) as advance:
        found = walk(directory, now=datetime.now(UTC), progress=lambda _stage: advance(1))
    show_demo(console, found, directory)
