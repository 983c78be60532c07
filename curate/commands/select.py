"""`curate select`: which prompts are worth annotating."""

from typing import Annotated, Literal

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

Draw = Literal["clusters", "diversity", "disagreement", "uniform"]
"""As schemas.select.DrawName, which would load pydantic."""

FROM_CONFIG = "[select] of curate.toml"


def select(
    n: Annotated[
        int | None,
        typer.Option(
            "-n", "--number", min=1, metavar="N", help="How many prompts.", show_default=FROM_CONFIG
        ),
    ] = None,
    draw: Annotated[
        Draw | None,
        typer.Option(
            help="Equally many of each cluster, farthest first (prompts x taken distances), where "
            "raters or answers differ most, or by chance.",
            show_default="clusters",
        ),
    ] = None,
    ratio: Annotated[
        str | None,
        typer.Option(
            metavar="TYPE=WEIGHT,...",
            help="Weights of mcq, long, short, safety, video or unknown; the others keep their "
            "raw share.",
            show_default="raw shares",
        ),
    ] = None,
    clusters: Annotated[
        int | None,
        typer.Option(min=1, metavar="K", help="Clusters of k-means.", show_default="100"),
    ] = None,
    embeddings: Annotated[
        str | None,
        typer.Option(
            metavar="SPEC",
            help="column:NAME, FILE.npz, FILE.parquet, sentence-transformers:MODEL or "
            "open_clip:MODEL@PRETRAINED.",
            show_default="perceptual features",
        ),
    ] = None,
    where: Annotated[
        str | None,
        typer.Option(metavar="SQL", help="Only prompts for which this predicate holds."),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(metavar="S", help="Of clusters and draws.", show_default="0"),
    ] = None,
    clear: Annotated[
        bool, typer.Option("--clear", help="Take the selection away: every prompt counts again.")
    ] = False,
    workspace: WorkspaceOption = HERE,
    dry_run: DryRunOption = False,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Choose the prompts worth annotating, by task type and variety.

    What comes of it is selected.parquet. From then on sample takes only these prompts, and route
    sends the others to nobody. Selecting again replaces it.
    """
    from curate.selecting.ordering import order_of
    from curate.selecting.stage import clear as clear_selection
    from curate.selecting.stage import select as select_prompts
    from curate.selecting.summary import next_step, show_cleared, show_selection
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    opened = Workspace.open(workspace, overrides or ())
    if clear:
        show_cleared(console, clear_selection(opened), next_step(opened))
        return
    options = {
        "n": n,
        "draw": draw,
        "clusters": clusters,
        "embeddings": embeddings,
        "where": where,
        "seed": seed,
    }
    order = order_of(opened.settings.config.select, options, ratio, dry_run=dry_run)
    report = select_prompts(
        opened, order, lambda label, total: console.progress(label, total=total)
    )
    show_selection(console, report, next_step(opened))
