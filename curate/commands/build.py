"""`curate build`: votes in, pairs out."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from curate.console import Console
from curate.options import HERE, DebugOption, JsonOption, SetOption, WorkspaceOption

if TYPE_CHECKING:
    from curate.sites import OpenSite

SPARK = "Spark"


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
    spark_master: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="The cluster, e.g. spark://host:7077 or yarn.",
            show_default="local[*], this machine",
            rich_help_panel=SPARK,
        ),
    ] = None,
    spark_conf: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=VALUE", help="A setting of Spark; may be repeated.", rich_help_panel=SPARK
        ),
    ] = None,
    spark_dir: Annotated[
        str | None,
        typer.Option(
            metavar="URI",
            help="A folder that all machines see, e.g. s3a://bucket/set: what a build reads is "
            "copied there once, and the build too.",
            show_default="the workspace, which all machines mount",
            rich_help_panel=SPARK,
        ),
    ] = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Turn votes into pairs: dedupe, filter, score, pair, split."""
    from datetime import UTC, datetime

    from curate.build import build as build_workspace
    from curate.steps import PLAN
    from curate.summaries import show_build
    from curate.workspace import Workspace

    site = _site(engine, spark_master, spark_conf or (), spark_dir)
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
            site=site,
        )
    show_build(console, report)


def _site(
    engine: str, master: str | None, conf: Sequence[str], directory: str | None
) -> "OpenSite":
    from schemas.errors import UsageError

    if engine == "duckdb":
        if master or conf or directory:
            raise UsageError("--spark-master, --spark-conf, --spark-dir", "add --engine spark")
        from curate.sites import in_this_process

        return in_this_process
    from curate.engines.spark.needed import expect_spark

    expect_spark()
    from curate.on_spark import Cluster, on_spark

    settings = dict(pair.partition("=")[::2] for pair in conf)
    wrong = [pair for pair in conf if "=" not in pair or pair.startswith("=")]
    if wrong:
        raise UsageError(f"--spark-conf {wrong[0]!r} is no NAME=VALUE", "write spark.name=value")
    return on_spark(Cluster(master or "local[*]", settings, directory))
