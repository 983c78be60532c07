"""`curate judge`: the AI judge rates what is not rated yet."""

from pathlib import Path
from typing import Annotated

import typer

from curate.console import Console
from curate.options import HERE, DebugOption, DryRunOption, JsonOption, SetOption, WorkspaceOption


def judge(
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
    budget_usd: Annotated[
        float | None,
        typer.Option(min=0, metavar="USD", help="Stop before more than this is spent in all."),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Only so many prompts, e.g. a pilot.")
    ] = None,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Ask again what failed, but for what is blocked.")
    ] = False,
    dry_run: DryRunOption = False,
    preview: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Show the requests for so many prompts; send none."),
    ] = None,
    status: Annotated[
        bool, typer.Option("--status", help="Say what was asked and spent so far; ask nothing.")
    ] = False,
    record: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Keep the replies for the replay provider."),
    ] = None,
    no_wait: Annotated[
        bool, typer.Option("--no-wait", help="Submit batch jobs and leave; run again to collect.")
    ] = False,
) -> None:
    """Have the AI judge rate what is not rated, within the budget.

    Running it again goes on where it stopped.
    """
    import os

    from curate.judge.commanding import Doing, command
    from curate.judge.options import Options
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    options = Options(
        limit=limit,
        budget_usd=budget_usd,
        retry_failed=retry_failed,
        record=record,
        wait=not no_wait,
        environment=os.environ,
        bar=lambda total: console.progress("judging", total),
    )
    doing = Doing(dry_run=dry_run, preview=preview, status=status)
    code = command(console, Workspace.open(workspace, overrides or ()), options, doing)
    if code:
        raise typer.Exit(code)
