"""`curate align score`: a reward model's scores of the latest build, or of a benchmark."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from curate.console import Console
from curate.options import HERE, DebugOption, JsonOption, SetOption, WorkspaceOption


def score(
    run: Annotated[
        Path,
        typer.Argument(
            metavar="RUN", help="A run of curate align reward: its folder, or its name in runs/."
        ),
    ],
    mode: Annotated[
        Literal["critique", "given", "none"],
        typer.Option(
            help="What is read before a score: a critique that the model writes, one that the "
            "pairs' rows have, or none."
        ),
    ] = "critique",
    max_tokens: Annotated[
        int | None,
        typer.Option(
            min=1, metavar="N", help="Of a critique.", show_default="the run's loss.max_new_tokens"
        ),
    ] = None,
    batch_size: Annotated[
        int | None,
        typer.Option(
            min=1, metavar="N", help="Answers at once.", show_default="the run's train.batch_size"
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(
            metavar="ID", help="What the model is called in events.", show_default="RUN's name"
        ),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Only so many prompts, e.g. a pilot.")
    ] = None,
    pairs: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Score a benchmark's pairs instead."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The file of scores, with --pairs.")
    ] = None,
    media_root: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Where the pairs' pictures lie.", show_default="beside FILE"
        ),
    ] = None,
    missing_media: Annotated[
        Literal["fail", "keep", "drop"],
        typer.Option(help="Pairs whose media are not there: stop, score without, leave out."),
    ] = "fail",
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Score answers with a reward model that was trained here.

    Scores of the latest build's answers go into the journal and never vote; where the model was
    trained with --folds they give pairs their delta. What was scored by the same version is not
    scored again. With --pairs a file is written that curate bench grades.
    """
    from datetime import UTC, datetime
    from functools import partial

    from curate.aligning.needed import loading
    from curate.aligning.planning import components_of
    from curate.aligning.reward_run import read_run
    from curate.aligning.runs import model_at
    from curate.aligning.score_text import show_pairs, show_scores
    from curate.workspace import Workspace
    from schemas.errors import UsageError

    if (pairs is None) != (out is None):
        raise UsageError("--pairs and --out go together", "give both, or neither")
    if pairs is None and mode == "given":
        raise UsageError("--mode given without --pairs", "use critique or none")
    opened = Workspace.open(workspace, overrides or ()) if pairs is None else None
    console = Console(as_json=as_json)
    folder = Path(model_at(workspace, str(run)))
    found = read_run(folder, name=name, mode=mode, max_new_tokens=max_tokens, batch_size=batch_size)
    with loading(console):
        from curate.aligning.pair_scores import score_pairs
        from curate.aligning.scoring import score as score_build
    bar = partial(console.progress, "scoring")
    if opened is not None:
        now = partial(datetime.now, UTC)
        report = score_build(opened, found, limit, now, bar)
        show_scores(console, found, report, workspace)
    elif pairs is not None and out is not None:
        known = components_of(workspace)
        at = datetime.now(UTC)
        graded = score_pairs(found, pairs, out, media_root, missing_media, known, at, bar)
        show_pairs(console, found, graded, pairs)
