"""`curate align reward`: a critique-based reward model out of pairs, ties and critiques."""

from typing import Annotated, Any

import typer

from curate.commands.align_train import (
    DataOption,
    ModelOption,
    PresetOption,
    RecipeSetOption,
    RunOption,
    SettingsOption,
)
from curate.console import Console
from curate.options import HERE, DebugOption, DryRunOption, JsonOption, WorkspaceOption


def reward(
    model: ModelOption,
    preset: PresetOption = None,
    settings: SettingsOption = None,
    overrides: RecipeSetOption = None,
    data: DataOption = None,
    out: RunOption = None,
    folds: Annotated[
        int,
        typer.Option(
            min=1,
            metavar="K",
            help="Train K models, each kept from a K-th of the leakage components: scores are then "
            "cross-fitted.",
        ),
    ] = 1,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Train a reward model that writes a critique of an answer and then scores it.

    A run that was cut off goes on from its last checkpoint; one that is done is left as it is. For
    several GPUs: accelerate launch -m curate align reward ...
    """
    from curate.aligning.asked import asked, expect_asked
    from curate.aligning.folding import RECIPE, in_folds
    from curate.aligning.needed import loading
    from curate.aligning.processes import is_main_process
    from curate.aligning.reward_text import show_reward
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    opened = Workspace.open(workspace)
    options: dict[str, Any] = {
        "preset": preset,
        "file": settings,
        "overrides": overrides or (),
        "data": data,
    }
    expect_asked(opened, RECIPE, model, **options)
    with loading(console):
        from curate.aligning.reward import plan, train
        from curate.aligning.text import show_plan
    run = in_folds(asked(opened, RECIPE, model, **options, out=out), folds)
    if dry_run:
        show_plan(console, run, *plan(run))
        return
    with console.progress("training a reward model") as advance:
        outcome = train(run, advance, console.warn)
    if is_main_process():
        show_reward(console, run, outcome, workspace)
