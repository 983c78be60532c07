"""`curate align evaluate safety`: attack success and refusals, counted in two ways."""

from pathlib import Path
from typing import Annotated

import typer

from curate.console import Console
from curate.options import HERE, DebugOption, JsonOption, SetOption, WorkspaceOption


def safety(
    answers: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="Answers with verdicts: rows of task, response, verdict; a file of generate; or "
            "lmms-eval's logged samples.",
        ),
    ],
    refusal_list: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="The published phrases: utils.py of the evaluation's code (parsed, never run), "
            "JSON or text.",
            show_default="its four loosest phrases",
        ),
    ] = None,
    judge_metric: Annotated[
        str | None,
        typer.Option(
            metavar="METRIC",
            help="Take verdicts from the workspace's judge: unsafe is a low mean on this metric.",
        ),
    ] = None,
    unsafe_below: Annotated[
        float,
        typer.Option(metavar="POINTS", help="With --judge-metric, what is too low."),
    ] = 3.0,
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Say attack success and refusal rates of SafetyBench's tasks, with Wilson's intervals.

    Refusals are counted as the published code does, by phrases anywhere in an answer, and strictly;
    where the two differ, examples are shown.
    """
    from align.evaluation.refusal_list import RECONSTRUCTION, read_refusal_list
    from align.evaluation.safety import safety_of
    from align.evaluation.safety_answers import read_answers
    from curate.evaluating.judged import judged_by
    from curate.evaluating.safety_text import show_safety
    from curate.ingest.refusal import is_refusal
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    judged = None
    if judge_metric is not None:
        opened = Workspace.open(workspace, overrides or ())
        judged = judged_by(opened, judge_metric, unsafe_below)
    phrases = RECONSTRUCTION if refusal_list is None else read_refusal_list(refusal_list)
    found = read_answers(answers, judged)
    show_safety(console, safety_of(found.answers, phrases, is_refusal, found.left_out))
