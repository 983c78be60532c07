"""`curate align evaluate mt-bench`: text ability, through FastChat's judge."""

from pathlib import Path
from typing import Annotated

import typer

from curate.console import Console
from curate.model_options import DrawnOption, LongestOption, ModelArgument, NameThereOption
from curate.options import HERE, DebugOption, JsonOption, SetOption, WorkspaceOption


def mt_bench(
    model: ModelArgument,
    bench: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="FastChat's data/mt_bench: it has question.jsonl."),
    ],
    name: NameThereOption = None,
    max_tokens: LongestOption = 1024,
    seed: DrawnOption = 0,
    batch_size: Annotated[int, typer.Option(min=1, metavar="N", help="Questions at a time.")] = 8,
    judge: Annotated[str, typer.Option(metavar="NAME", help="FastChat's judge.")] = "gpt-4",
    read: Annotated[
        bool, typer.Option("--read", help="Answer nothing; read what the judge wrote.")
    ] = False,
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Answer MT-Bench's questions for FastChat's judge, or with --read say what it found."""
    from align.evaluation.mt_bench_scores import read_scores
    from align.folders import file_name
    from curate.aligning.runs import model_at
    from curate.evaluating.text import show_mt_bench

    console = Console(as_json=as_json)
    model = model_at(workspace, model)
    called = name or file_name(model)
    if read:
        show_mt_bench(console, read_scores(bench, called, judge))
        return
    from curate.aligning.asked import expect_model
    from curate.aligning.needed import expect_libraries

    expect_model(model)
    expect_libraries()
    from curate.evaluating.texts import answer_mt_bench

    with console.progress("loading the model") as advance:
        written = answer_mt_bench(
            bench,
            model,
            called,
            judge=judge,
            max_new_tokens=max_tokens,
            seed=seed,
            batch_size=batch_size,
            advance=advance,
        )
    written.show(console)
