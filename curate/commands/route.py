"""`curate route`: who rates what, and what that takes."""

from typing import Annotated

import typer

from curate.console import Console
from curate.options import (
    HERE,
    DebugOption,
    DryRunOption,
    JsonOption,
    SetOption,
    WorkspaceOption,
)


def route(
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    pick: Annotated[
        int | None,
        typer.Option(
            "--next",
            min=1,
            metavar="N",
            help="Also send people the N judged prompts where one vote is worth most.",
        ),
    ] = None,
    hours: Annotated[
        float | None,
        typer.Option(
            min=0, metavar="H", help="As many of these prompts as people can rate in H hours."
        ),
    ] = None,
    refresh: Annotated[
        bool,
        typer.Option(
            "--refresh", help="Take in answers that came after people were shown the others."
        ),
    ] = False,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Say who rates which prompt, for how many dollars and hours.

    The overlap is drawn first, then the first rule of [route] that holds decides, else the default.
    What comes of it is routes.parquet, which judge and label push follow.
    """
    from datetime import UTC, datetime

    from curate.routing.routes import Options
    from curate.routing.routes import route as route_workspace
    from curate.routing.summary import show_routing
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    options = Options(
        refresh=refresh,
        next=pick or 0,
        hours=hours,
        dry_run=dry_run,
        today=datetime.now(UTC).date(),
    )
    show_routing(console, route_workspace(Workspace.open(workspace, overrides or ()), options))
