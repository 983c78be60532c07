"""`curate align generate`: a trained model answers prompts."""

from pathlib import Path
from typing import Annotated

import typer

from curate.console import Console
from curate.model_options import (
    DrawnOption,
    LongestOption,
    ModelArgument,
    TemperatureOption,
    TopPOption,
)
from curate.options import HERE, DebugOption, JsonOption, SetOption, WorkspaceOption


def generate(
    model: ModelArgument,
    source: Annotated[
        str,
        typer.Argument(
            metavar="PROMPTS",
            help="An export's folder, or any source that pull takes; here or in the workspace.",
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Where to, as JSON lines; media lie beside it.",
            show_default="answers/ in the run's folder",
        ),
    ] = None,
    split: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only the files of this split.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Answer at most so many prompts.")
    ] = None,
    n: Annotated[
        int, typer.Option("-n", "--number", min=1, metavar="N", help="Answers a prompt.")
    ] = 1,
    temperature: TemperatureOption = 0.0,
    top_p: TopPOption = 1.0,
    seed: DrawnOption = 0,
    max_tokens: LongestOption = 1024,
    batch_size: Annotated[int, typer.Option(min=1, metavar="N", help="Prompts at a time.")] = 8,
    frames: Annotated[
        int, typer.Option(min=1, metavar="N", help="Show at most so many frames of a video.")
    ] = 8,
    steerlm: Annotated[
        bool,
        typer.Option("--steerlm", help="Ask for an answer with the highest points (SteerLM)."),
    ] = False,
    attributes: Annotated[
        str | None,
        typer.Option(
            metavar="METRIC=POINTS,...", help="Ask for these points instead; implies --steerlm."
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="What the answers say made them.", show_default="the folder's"
        ),
    ] = None,
    media_root: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where media lie.", show_default="beside the source"),
    ] = None,
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Answer prompts with a model; what is written can be pulled.

    A run that was cut off goes on where it stopped. --steerlm speaks of the workspace's rubric, or
    of the preset five-metric where there is no workspace.
    """
    from datetime import UTC, datetime

    from align.generate import Decoding
    from curate.aligning.asked import expect_model
    from curate.aligning.needed import expect_libraries
    from curate.aligning.runs import model_at
    from curate.evaluating.licences import licence_of
    from curate.evaluating.text import show_generation
    from curate.generating.asked import answers_file, rubric_of, source_at
    from curate.generating.report import Asked
    from curate.generating.requests import parsed_attributes, steerlm_request
    from curate.generating.stage import generate as answer
    from curate.workspace import CONFIG_NAME
    from schemas.errors import UsageError

    console = Console(as_json=as_json)
    if n > 1 and not temperature:
        raise UsageError("greedy answers are all the same", "add --temperature")
    model, source = model_at(workspace, model), source_at(workspace, source)
    expect_model(model)
    rubric = rubric_of(workspace, overrides or ())
    points = parsed_attributes(attributes)
    asked = Asked(
        model=model,
        source=source,
        out=answers_file(out, model, source, split),
        decoding=Decoding(
            max_new_tokens=max_tokens, temperature=temperature, top_p=top_p, seed=seed
        ),
        split=split,
        limit=limit,
        media_root=media_root,
        count=n,
        batch_size=batch_size,
        frames=frames,
        request=steerlm_request(rubric, points) if steerlm or points else "",
        name=name,
    )
    expect_libraries()
    with console.progress("reading prompts, loading the model") as advance:
        report = answer(asked, rubric, datetime.now(UTC), advance)
    home = workspace if (workspace / CONFIG_NAME).is_file() else None
    show_generation(console, report, home, licence_of(workspace, report.prompt_ids))
