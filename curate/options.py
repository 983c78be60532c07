"""The options that every command takes, said once."""

from pathlib import Path
from typing import Annotated

import typer

WorkspaceOption = Annotated[
    Path,
    typer.Option(
        "-C", "--workspace", metavar="DIR", help="The workspace.", show_default="the current folder"
    ),
]
NewFolderOption = Annotated[
    Path | None,
    typer.Option("-C", "--workspace", metavar="DIR", help="The folder to make, as DIR."),
]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="Override a setting of curate.toml, or with no value unset it; may be repeated.",
    ),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print one JSON object on stdout and nothing else.")
]
DebugOption = Annotated[bool, typer.Option("--debug", help="Show where an error came from.")]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Say what would be done and write nothing.")
]

HERE = Path()
