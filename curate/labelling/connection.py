"""Which Label Studio a workspace works with: its own managed one, or one by its URL and key."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from annotate.label_studio.server import Server
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


def connect(workspace: Workspace, variables: Mapping[str, str] = os.environ) -> Connection:
    """The server named by LABEL_STUDIO_URL or `[label_studio] url`, else the managed one.

    Raises LabelStudioError where a key is missing or no server runs.
    """
    url = variables.get("LABEL_STUDIO_URL") or workspace.settings.config.label_studio.url
    if not url:
        return _managed(managed_server(workspace))
    key = variables.get("LABEL_STUDIO_API_KEY")
    if not key:
        raise LabelStudioError(f"no key for {url}", "set LABEL_STUDIO_API_KEY")
    return Connection(url.rstrip("/"), key)


def _managed(server: Server) -> Connection:
    running, access = server.running(), server.access()
    if running is None or access is None:
        raise LabelStudioError(
            "no Label Studio runs for this workspace",
            "start one with: curate label serve, or name one: [label_studio] url",
        )
    return Connection(running.url, access.token, server)
