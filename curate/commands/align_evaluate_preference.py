"""`curate align evaluate preference`: how often a model prefers what raters preferred."""

from pathlib import Path
from typing import Annotated

import typer

from curate.console import Console
from curate.model_options import ModelArgument
from curate.options import HERE, DebugOption, JsonOption, SetOption, WorkspaceOption

FORMAT = "trl"


def preference(
    model: ModelArgument,
    data: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="A trl export's folder; its validation and test rows are taken.",
            show_default="the latest build, exported where it is not yet",
        ),
    ] = None,
    reference: Annotated[
        str | None,
        typer.Option(
            metavar="MODEL",
            help="The model that implicit rewards are against, or none.",
            show_default="what the run began with",
        ),
    ] = None,
    batch_size: Annotated[int, typer.Option(min=1, metavar="N", help="Pairs at a time.")] = 4,
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Say how often a model prefers the chosen answer of held-out pairs: ACC and ACC+.

    By DPO's implicit reward, and by the answers' plain log-probability. Pairs that the run was
    trained on are left out.
    """
    from align.rows import export_record
    from curate.aligning.asked import expect_model, exported
    from curate.aligning.needed import loading
    from curate.aligning.runs import model_at
    from curate.evaluating.text import show_preference
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    model = model_at(workspace, model)
    expect_model(model)
    rows = data or exported(Workspace.open(workspace, overrides or ()), FORMAT)
    export_record(rows, FORMAT)
    with loading(console):
        from curate.evaluating.preference import evaluate
    with console.progress("loading the model") as advance:
        found = evaluate(model, rows, reference, batch_size, advance)
    show_preference(console, found)
