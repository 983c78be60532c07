"""`curate align evaluate alpaca-eval`: text ability, through AlpacaEval's judge."""

from pathlib import Path
from typing import Annotated

import typer

from curate.console import Console
from curate.model_options import (
    DrawnOption,
    LongestOption,
    ModelArgument,
    NameThereOption,
    TemperatureOption,
    TopPOption,
)
from curate.options import HERE, DebugOption, JsonOption, SetOption, WorkspaceOption


def alpaca_eval(
    model: ModelArgument,
    instructions: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="AlpacaEval's instructions, JSON; with --read its results' folder."
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Where outputs go.",
            show_default="evaluation/alpaca_eval/model_outputs.json in the run's folder",
        ),
    ] = None,
    name: NameThereOption = None,
    temperature: TemperatureOption = 0.0,
    top_p: TopPOption = 1.0,
    max_tokens: LongestOption = 2048,
    seed: DrawnOption = 0,
    batch_size: Annotated[
        int, typer.Option(min=1, metavar="N", help="Instructions at a time.")
    ] = 8,
    read: Annotated[
        bool, typer.Option("--read", help="Answer nothing; read the leaderboards below FILE.")
    ] = False,
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Write a model's outputs for AlpacaEval's judge, or with --read say its win rates."""
    from align.evaluation.alpaca_eval_scores import read_scores
    from align.folders import file_name
    from curate.aligning.runs import model_at
    from curate.evaluating.text import show_alpaca_eval

    console = Console(as_json=as_json)
    model = model_at(workspace, model)
    called = name or file_name(model)
    if read:
        show_alpaca_eval(console, read_scores(instructions, called))
        return
    from curate.aligning.asked import expect_model
    from curate.aligning.needed import expect_libraries

    expect_model(model)
    expect_libraries()
    from align.generate import Decoding
    from curate.evaluating.texts import answer_alpaca_eval

    decoding = Decoding(max_new_tokens=max_tokens, temperature=temperature, top_p=top_p, seed=seed)
    with console.progress("loading the model") as advance:
        written = answer_alpaca_eval(
            instructions, model, called, out, decoding, batch_size=batch_size, advance=advance
        )
    written.show(console)
