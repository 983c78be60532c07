"""`curate label serve`: a managed Label Studio for this workspace."""

from typing import Annotated

import typer

from curate.console import Console
from curate.options import HERE, DebugOption, JsonOption, SetOption, WorkspaceOption


def serve(
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen; 0.0.0.0 is everywhere.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, metavar="N", help="The port.")] = 8080,
    postgres: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="Keep votes in PostgreSQL: postgresql://user:password@host/name."
        ),
    ] = None,
    foreground: Annotated[
        bool, typer.Option("--foreground", help="Stay until Ctrl-C, and stop it then.")
    ] = False,
    stop: Annotated[bool, typer.Option("--stop", help="Stop it.")] = False,
    status: Annotated[
        bool, typer.Option("--status", help="Say whether it runs, and where.")
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Begin anew; refused where votes were not pulled.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="With --fresh: delete votes that were not pulled.")
    ] = False,
    workspace: WorkspaceOption = HERE,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Start Label Studio for this workspace, installing it on first use.

    It is kept apart in the user's cache (PAIRWRIGHT_CACHE names another), its data in the
    workspace. It listens on this machine only, unless --host says otherwise.
    """
    from annotate.label_studio.environment import Environment
    from curate.labelling import serving, serving_text
    from curate.labelling.connection import named_url
    from curate.workspace import Workspace
    from schemas.errors import UsageError

    console = Console(as_json=as_json)
    opened = Workspace.open(workspace, overrides or ())
    if stop and (status or fresh or foreground):
        raise UsageError("--stop goes with no other step", "leave one of the two out")
    if stop or status:
        stopped = serving.stop(opened) if stop else None
        serving_text.show_state(console, serving.look(opened), stopped=stopped)
        return
    options = serving.Options(host, port, postgres, fresh, force)
    with console.progress("Label Studio") as advance:
        served = serving.serve(
            opened, options, Environment.of_user(), serving_text.teller(console, advance)
        )
    serving_text.show_served(console, served, serving.look(opened), named_url(opened))
    if foreground:
        serving_text.stay(console, served)
