"""`curate label serve` below the command line: start, look at and stop the managed server."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from annotate.label_studio.environment import VERSION, Environment, Say, last_line
from annotate.label_studio.health import is_healthy
from annotate.label_studio.running import Running
from annotate.label_studio.server import Server
from curate.labelling.connection import managed_server
from curate.labelling.fresh import begin_anew
from curate.labelling.pull_state import pulled_versions
from curate.locks import held
from curate.workspace import Workspace
from schemas.errors import LabelStudioError, UsageError

DEFAULT_PORT = 8080
LOCK = ".label-studio.lock"


@dataclass(frozen=True, slots=True)
class Options:
    """Where to listen and what to keep votes in. `force` lets `fresh` delete unpulled votes."""

    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    postgres: str | None = None
    fresh: bool = False
    force: bool = False


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs. `first` where its password was drawn just now."""

    server: Server
    running: Running
    started: bool
    first: bool


def serve(workspace: Workspace, options: Options, environment: Environment, say: Say) -> Served:
    """The workspace's server, up and answering; one that runs already is left as it is.

    Raises LabelStudioError where it cannot be installed or started, where its port is taken, or
    where `fresh` would delete votes; UsageError for a --postgres that is none, or not its own.
    """
    if options.force and not options.fresh:
        raise UsageError("--force without --fresh", "it lets --fresh delete votes; add it")
    server = managed_server(workspace)
    with held(workspace.root / LOCK, "a start of Label Studio"):
        if options.fresh:
            pulled = {} if options.force else pulled_versions(workspace)
            begin_anew(server, pulled, force=options.force)
        server.check_database(options.postgres)
        running = server.running()
        if running is not None:
            server.wait(running)  # the command that started it may have been killed
            return Served(server, running, started=False, first=False)
        environment.make(say)
        first = server.prepare(environment, options.postgres)
        say("starting Label Studio")
        if first and options.postgres:
            say("making its tables in PostgreSQL (once; about a minute)")
        try:
            running = server.start(environment, host=options.host, port=options.port)
        except LabelStudioError:
            if first:  # it keeps nothing yet, so the next start may name another database
                server.unmake()
            raise
        return Served(server, running, started=True, first=first)


def stay(server: Server, ready: Callable[[], None]) -> None:
    """Wait while the server runs, and stop it on Ctrl-C; `ready` is called once that holds.

    Raises LabelStudioError where it ends by itself.
    """
    try:
        ready()
        while server.running() is not None:
            time.sleep(0.5)  # it may be another process's child, so it cannot be waited for
    except KeyboardInterrupt:
        server.stop()
        return
    raise LabelStudioError(f"Label Studio ended: {last_line(server.log)}", f"see {server.log}")


def stop(workspace: Workspace) -> bool:
    """Stop the managed server by its pid; False where none ran."""
    return managed_server(workspace).stop()


def look(workspace: Workspace) -> dict[str, Any]:
    """What is known of the managed server: `state` is running, silent, stopped or absent."""
    server = managed_server(workspace)
    running, access = server.running(), server.access()
    state = "absent" if access is None else "stopped"
    if running is not None:
        state = "running" if is_healthy(running.url) else "silent"
    return {
        "state": state,
        "url": running.url if running else None,
        "pid": running.process.pid if running else None,
        "version": running.version if running else VERSION,
        "database": None if access is None else "postgresql" if access.postgres else "sqlite",
        "access": str(server.access_path) if access else None,
    }
