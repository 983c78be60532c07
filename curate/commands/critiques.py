"""`curate critiques`: people's short reasons in fuller words, by the judge."""

from pathlib import Path
from typing import Annotated

import typer

from curate.console import Console
from curate.options import HERE, DebugOption, DryRunOption, JsonOption, SetOption, WorkspaceOption


def critiques(
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
    budget_usd: Annotated[
        float | None,
        typer.Option(
            min=0, metavar="USD", help="Stop before more than this is spent, with judging, in all."
        ),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Only so many comments, e.g. a pilot.")
    ] = None,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Ask again what failed or was refused.")
    ] = False,
    dry_run: DryRunOption = False,
    preview: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Show the requests for so many; send none."),
    ] = None,
    record: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Keep the replies for the replay provider."),
    ] = None,
) -> None:
    """Have the judge write people's short reasons out in full.

    Each is checked: what changes the verdict or claims more is refused, and the person's own words
    stay. Running it again goes on where it stopped.
    """
    import os

    from curate.critiques.commanding import Doing, command
    from curate.judge.options import Options
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    options = Options(
        limit=limit,
        budget_usd=budget_usd,
        retry_failed=retry_failed,
        record=record,
        environment=os.environ,
        bar=lambda total: console.progress("expanding", total),
    )
    doing = Doing(dry_run=dry_run, preview=preview)
    code = command(console, Workspace.open(workspace, overrides or ()), options, doing)
    if code:
        raise typer.Exit(code)
