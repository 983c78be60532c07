"""`curate label adjudicate`: prompts on which people disagree, before an expert."""

from typing import Annotated

import typer

from curate.console import Console
from curate.options import HERE, DebugOption, DryRunOption, JsonOption, SetOption, WorkspaceOption


def adjudicate(
    expert: Annotated[
        str, typer.Option(metavar="EMAIL", help="Who decides, by the name they signed up with.")
    ],
    threshold: Annotated[
        float,
        typer.Option(min=0, max=1, metavar="X", help="Agreement below this is a dispute."),
    ] = 0.5,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Only so many, the worst first.")
    ] = None,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Put prompts on which people disagree before an expert, whose vote decides alone.

    It pulls first; a dry run counts what was pulled so far. A prompt is asked about once.
    """
    from curate.labelling import adjudicating
    from curate.labelling.adjudicating_text import show_adjudication
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    options = adjudicating.Options(
        expert,
        threshold,
        limit,
        dry_run=dry_run,
        bar=lambda total: console.progress("pushing", total),
    )
    opened = Workspace.open(workspace, overrides or ())
    show_adjudication(console, options, adjudicating.adjudicate(opened, options))
