"""The options that every command takes, said once."""

from pathlib import Path
from typing import Annotated

import typer

WorkspaceOption = Annotated[
    Path,
    typer.Option("-C", "--workspace", help="The workspace.", show_default="the current folder"),
]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="Override a setting, e.g. --set pairs.policy=all-ranked; may be repeated.",
    ),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print one JSON object on stdout and nothing else.")
]
DebugOption = Annotated[
    bool, typer.Option("--debug", help="Show the traceback of an error, and log what is done.")
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Say what would be done and write nothing.")
]

HERE = Path()
