"""`curate signatures`: a benchmark's signatures without its content."""

from pathlib import Path
from typing import Annotated

import typer

from curate.console import Console
from curate.options import HERE, DebugOption, JsonOption, SetOption, WorkspaceOption


def signatures(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE", help="A data file, a folder of files or of pictures, or hf:REPO."
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where to write.", show_default="in the workspace"),
    ] = None,
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Write a benchmark's signatures, without its content.

    They are what is needed to find its rows again. The file goes into [[decontaminate]] as the
    benchmark would, and may be given to others.
    """
    from datetime import UTC, datetime

    from curate.near.signature_file import show_signatures, write_signatures
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    opened = Workspace.open(workspace, overrides or ())
    show_signatures(console, write_signatures(opened, source, out, datetime.now(UTC)))
