"""`curate align dpo`, `kto`, `sft` and their kin: one function, a command for each recipe."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from curate.console import Console
from curate.options import HERE, DebugOption, DryRunOption, JsonOption, WorkspaceOption

ModelOption = Annotated[
    str,
    typer.Option(
        "--model",
        metavar="MODEL",
        help="A folder, a run by folder or name, or a Hub id; tiny is a random model to try.",
    ),
]
PresetOption = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="A paper's settings: mm-rlhf or mllm-dpo."),
]
SettingsOption = Annotated[
    Path | None,
    typer.Option("--settings", metavar="FILE", help="Settings of recipes, in TOML."),
]
RecipeSetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="Override a setting of the recipe, e.g. train.max_steps=100; may be repeated.",
    ),
]
DataOption = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="An export's folder.",
        show_default="the latest build, exported where it is not yet",
    ),
]
RunOption = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="DIR", help="The run's folder.", show_default="runs/ in the workspace"
    ),
]

ABOUT = {
    "dpo": "MM-DPO: align a model on pairs, with a beta that grows with a pair's reward margin.",
    "kto": "KTO: align a model on answers that were always chosen or always rejected.",
    "sft": "Train a model on the set's own reference answers.",
    "rejection-sampling": "Train a model on answers that everybody gave full marks.",
    "best-of-n": "Train a model on the best answer of each prompt.",
    "steerlm": "Train a model on every scored answer, asked for by its scores.",
}


def recipe(name: str) -> Callable[..., None]:
    """The command of a recipe."""

    def command(
        model: ModelOption,
        preset: PresetOption = None,
        settings: SettingsOption = None,
        overrides: RecipeSetOption = None,
        data: DataOption = None,
        out: RunOption = None,
        dry_run: DryRunOption = False,
        workspace: WorkspaceOption = HERE,
        as_json: JsonOption = False,
        debug: DebugOption = False,
    ) -> None:
        options: dict[str, Any] = {
            "preset": preset,
            "file": settings,
            "overrides": overrides or (),
            "data": data,
        }
        _run(name, model, workspace, options, out, as_json=as_json, dry_run=dry_run)

    command.__doc__ = (
        f"{ABOUT[name]}\n\nA run that was cut off goes on from its last checkpoint; one that is "
        "done is left as it is. For several GPUs: accelerate launch -m curate align ..."
    )
    return command


def _run(
    name: str,
    model: str,
    workspace: Path,
    options: dict[str, Any],
    out: Path | None,
    *,
    as_json: bool,
    dry_run: bool,
) -> None:
    from curate.aligning.asked import asked, expect_asked
    from curate.aligning.needed import loading
    from curate.aligning.processes import is_main_process
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    opened = Workspace.open(workspace)
    expect_asked(opened, name, model, **options)
    with loading(console):
        from curate.aligning.stage import plan, train
        from curate.aligning.text import show_plan, show_run
    run = asked(opened, name, model, **options, out=out)
    if dry_run:
        rows, found = plan(run)
        show_plan(console, run, rows, found)
        return
    with console.progress(f"aligning by {name}") as advance:
        outcome = train(run, advance, console.warn)
    if is_main_process():
        show_run(console, run, outcome)
