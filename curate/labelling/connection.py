"""Which Label Studio a workspace works with: its own managed one, or one by its URL and key."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from annotate.label_studio.server import Server
from annotate.label_studio.sign_in import renew
from curate.workspace import Workspace
from schemas.errors import LabelStudioError

FOLDER = "label-studio"


@dataclass(frozen=True, slots=True)
class Connection:
    """A server's address and an admin's key. `server` is the managed one behind it, if it is ours.

    The key is never printed.
    """

    url: str
    key: str
    server: Server | None = None


def managed_server(workspace: Workspace) -> Server:
    """The workspace's own server, whether it runs or not; the same one by whatever path."""
    return Server((workspace.root / FOLDER).resolve())


def named_url(workspace: Workspace, variables: Mapping[str, str] = os.environ) -> str | None:
    """The server that LABEL_STUDIO_URL or `[label_studio] url` names; None for the managed one."""
    return variables.get("LABEL_STUDIO_URL") or workspace.settings.config.label_studio.url or None


def connect(workspace: Workspace, variables: Mapping[str, str] = os.environ) -> Connection:
    """The server named by LABEL_STUDIO_URL or `[label_studio] url`, else the managed one.

    The managed one's token is asked for anew where it was reset. Raises LabelStudioError where a
    key is missing, no server runs, or its admin's password was changed too.
    """
    url = named_url(workspace, variables)
    if url is None:
        return _managed(managed_server(workspace))
    key = variables.get("LABEL_STUDIO_API_KEY")
    if not key:
        raise LabelStudioError(f"no key for {url}", "set LABEL_STUDIO_API_KEY")
    return Connection(url.rstrip("/"), key)


def _managed(server: Server) -> Connection:
    running = server.running()
    if running is not None:
        renew(server.access_path, running.url)
    access = server.access()
    if running is None or access is None:
        raise LabelStudioError(
            "no Label Studio runs for this workspace",
            "start one with: curate label serve, or name one: [label_studio] url",
        )
    return Connection(running.url, access.token, server)
