"""`curate align evaluate lmms`: the papers' benchmarks, by lmms-eval."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from curate.console import Console
from curate.model_options import ModelArgument
from curate.options import HERE, DebugOption, DryRunOption, JsonOption, SetOption, WorkspaceOption


def lmms(
    model: ModelArgument,
    tasks: Annotated[
        str | None,
        typer.Option(metavar="TASK,...", help="lmms-eval's tasks.", show_default="the papers'"),
    ] = None,
    paper: Annotated[
        Literal["mm-rlhf", "mllm-dpo"] | None,
        typer.Option(help="The tasks of one paper.", show_default="both"),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Where results go.", show_default="evaluation/ in the run's folder"
        ),
    ] = None,
    python: Annotated[
        str | None,
        typer.Option(
            "--with",
            metavar="PYTHON",
            envvar="PAIRWRIGHT_LMMS_PYTHON",
            show_envvar=True,
            help="The interpreter that has lmms-eval, if another one.",
        ),
    ] = None,
    processes: Annotated[
        int, typer.Option(min=1, metavar="N", help="Processes, one for each GPU.")
    ] = 1,
    batch_size: Annotated[int, typer.Option(min=1, metavar="N", help="Of each process.")] = 1,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Samples of a task, to try it.")
    ] = None,
    read: Annotated[
        bool, typer.Option("--read", help="Run nothing; read the results that are there.")
    ] = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Run the two papers' benchmarks through lmms-eval and read its results into one table.

    An adapter is merged first. Tasks with a judge need OPENAI_API_KEY.
    """
    from curate.aligning.runs import model_at
    from curate.evaluating.lmms import Wanted, evaluate
    from curate.evaluating.text import show_lmms

    console = Console(as_json=as_json)
    wanted = Wanted(
        model=model_at(workspace, model),
        tasks=tuple(one.strip() for one in tasks.split(",") if one.strip()) if tasks else (),
        paper=paper,
        out=out,
        python=python,
        processes=processes,
        batch_size=batch_size,
        limit=limit,
    )
    found = evaluate(wanted, console, run=not read, dry_run=dry_run)
    if found is not None:
        show_lmms(console, *found)
