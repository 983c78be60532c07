"""`curate build`: votes in, pairs out."""

from typing import Annotated, Literal

import typer

from curate.console import Console
from curate.options import HERE, DebugOption, JsonOption, SetOption, WorkspaceOption


def build(
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    engine: Annotated[Literal["duckdb", "spark"], typer.Option(help="What it runs on.")] = "duckdb",
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail where there is a warning.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Build anew although nothing changed.")
    ] = False,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Turn votes into pairs: dedupe, filter, score, pair, split."""
    from datetime import UTC, datetime

    from curate.build import build as build_workspace
    from curate.steps import PLAN
    from curate.summaries import show_build
    from curate.workspace import Workspace
    from schemas.errors import NotBuiltYetError

    if engine == "spark":
        raise NotBuiltYetError("--engine spark is not there yet", "leave it out: DuckDB is used")
    console = Console(as_json=as_json)
    opened = Workspace.open(workspace, overrides or ())
    steps = {step.name for step in PLAN}
    with console.progress("building", total=len(PLAN)) as advance:
        report = build_workspace(
            opened,
            now=datetime.now(UTC),
            force=force,
            strict=strict,
            progress=lambda text: advance(text in steps, text),
        )
    show_build(console, report)
