"""`curate sample`: candidate responses from models behind OpenAI-compatible servers."""

import os
import sys
from typing import Annotated

import typer

from curate.console import Console
from curate.options import (
    HERE,
    DebugOption,
    DryRunOption,
    JsonOption,
    SetOption,
    WorkspaceOption,
)


def sample(
    model: Annotated[
        list[str],
        typer.Option(
            metavar="NAME[@URL]", help="A model, with its own server if need be; may be repeated."
        ),
    ],
    endpoint: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="The server of models without a URL: http://host:port/v1."
        ),
    ] = None,
    n: Annotated[
        int, typer.Option("-n", "--number", min=1, metavar="N", help="Answers a prompt and model.")
    ] = 4,
    temperature: Annotated[float, typer.Option(min=0, metavar="T", help="The temperature.")] = 1.0,
    top_p: Annotated[
        float | None,
        typer.Option(min=0, max=1, metavar="P", help="Nucleus.", show_default="the server's"),
    ] = None,
    seed: Annotated[
        int, typer.Option(metavar="S", help="What each generation's own seed is made from.")
    ] = 0,
    max_tokens: Annotated[
        int, typer.Option(min=1, metavar="N", help="The longest answer, thoughts included.")
    ] = 1024,
    system: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="System text for prompts without a system turn."),
    ] = None,
    max_side: Annotated[
        int, typer.Option(min=28, metavar="N", help="Scale pictures down to so many pixels.")
    ] = 2048,
    frames: Annotated[
        int, typer.Option(min=1, metavar="N", help="Send at most so many frames of a video.")
    ] = 8,
    where: Annotated[
        str | None,
        typer.Option(metavar="SQL", help="Only prompts for which this predicate holds."),
    ] = None,
    only_missing: Annotated[
        bool,
        typer.Option(
            "--only-missing/--all",
            help="Only prompts with no answer from elsewhere; --all takes every prompt.",
            show_default="only-missing",
        ),
    ] = True,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Take the first so many prompts by id.")
    ] = None,
    concurrency: Annotated[
        int, typer.Option(min=1, metavar="N", help="Requests in flight at most, a server.")
    ] = 32,
    rpm: Annotated[
        float | None,
        typer.Option(min=0.01, metavar="N", help="Requests a minute at most, a server."),
    ] = None,
    timeout: Annotated[
        float, typer.Option(min=0.1, metavar="SECONDS", help="For one attempt.")
    ] = 300.0,
    licence: Annotated[
        str | None, typer.Option(metavar="NAME", help="The licence the answers are under.")
    ] = None,
    preview: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Show the requests of N prompts; send nothing."),
    ] = None,
    workspace: WorkspaceOption = HERE,
    dry_run: DryRunOption = False,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Draw answers to the workspace's prompts from models. Running it again goes on.

    A key is taken from OPENAI_API_KEY; servers of one's own need none.
    """
    from datetime import UTC, datetime
    from random import Random

    from curate.sampling import stage
    from curate.sampling.asking import Outside, traffic_of
    from curate.sampling.chosen import Selection
    from curate.sampling.settings import Sampling
    from curate.sampling.summary import show_dry_run, show_sample
    from curate.sampling.targets import targets_of
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    opened = Workspace.open(workspace, overrides or ())
    order = stage.Order(
        targets_of(model, endpoint),
        Sampling(n, seed, temperature, top_p, max_tokens, system, max_side, frames),
        Selection(where, only_missing, limit),
        licence,
    )
    outside = Outside(
        traffic_of(concurrency, rpm, timeout),
        os.environ.get("OPENAI_API_KEY"),
        lambda: datetime.now(UTC),
        Random(),  # noqa: S311 - it spreads retries in time
    )
    if dry_run or preview:
        show_dry_run(console, *stage.dry_run(opened, order, outside, preview or 0))
        return
    report = stage.sample(
        opened, order, outside, progress=lambda total: console.progress("sampling", total=total)
    )
    show_sample(console, report)
    if report.stopped:
        sys.stderr.write(f"error: {report.stopped}\n")
        raise typer.Exit(report.stopped.exit_code)
