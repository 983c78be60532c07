"""`curate pull`: prompts, candidates, votes and media of a source, into the workspace."""

from pathlib import Path
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


def pull(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            help="A file, a folder, hf:OWNER/NAME (or hub:; a push of ours comes back whole), "
            "or workspace:DIR.",
        ),
    ],
    workspace: WorkspaceOption = HERE,
    format: Annotated[  # noqa: A002 - the word users type
        str | None, typer.Option(metavar="NAME", help="The layout, where it is not recognised.")
    ] = None,
    fields: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help="A column's field; may be repeated."),
    ] = None,
    licence: Annotated[
        str | None, typer.Option(metavar="NAME", help="The licence the source is under.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Take at most so many prompts.")
    ] = None,
    missing_media: Annotated[
        Literal["drop", "keep", "fail"],
        typer.Option(help="What becomes of prompts whose media are not there."),
    ] = "drop",
    media_root: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where media lie.", show_default="beside the source"),
    ] = None,
    allow_remote: Annotated[
        bool, typer.Option("--allow-remote", help="Fetch media that are http(s) addresses.")
    ] = False,
    revision: Annotated[
        str | None, typer.Option(metavar="NAME", help="A Hub data set's revision.")
    ] = None,
    frames: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Keep videos as so many frames each (extra: video)."),
    ] = None,
    media: Annotated[
        Literal["files", "packed"],
        typer.Option(help="Keep media as files, or many together in Parquet shards."),
    ] = "files",
    dry_run: DryRunOption = False,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Take a source's prompts, answers, votes and media in. Pulling it twice adds nothing."""
    from datetime import UTC, datetime

    from curate.pull.stage import pull as pull_source
    from curate.pull.summary import field_map_of, show_pull
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    opened = Workspace.open(workspace, overrides or ())
    with console.progress("pulling", total=limit) as advance:
        report = pull_source(
            opened,
            source,
            now=datetime.now(UTC),
            format=format,
            field_map=field_map_of(fields or ()),
            licence=licence,
            limit=limit,
            missing_media=missing_media,
            allow_remote=allow_remote,
            media_root=media_root,
            revision=revision,
            video_frames=frames,
            media=media,
            dry_run=dry_run,
            progress=advance,
        )
    show_pull(console, report)
