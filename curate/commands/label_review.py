"""`curate label review`: a share of people's votes before an expert."""

from typing import Annotated

import typer

from curate.console import Console
from curate.options import HERE, DebugOption, DryRunOption, JsonOption, SetOption, WorkspaceOption


def review(
    share: Annotated[
        float | None,
        typer.Option(
            min=0,
            max=1,
            metavar="X",
            help="Of every rater's votes, rounded up.",
            show_default="[label_studio] review_share",
        ),
    ] = None,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Put a share of every rater's votes before an expert, who accepts or returns them.

    Run it again to carry out what was decided: a returned vote is taken back and its task opens
    again with the note. It pulls first; a dry run counts what was pulled so far.
    """
    from curate.labelling import reviewing
    from curate.labelling.reviewing_text import show_review
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    options = reviewing.Options(
        share, dry_run=dry_run, bar=lambda total: console.progress("pushing", total)
    )
    show_review(console, reviewing.review(Workspace.open(workspace, overrides or ()), options))
