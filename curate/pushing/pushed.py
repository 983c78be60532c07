"""Where a build was pushed to, kept beside its exports: what `curate status` says of it."""

from pathlib import Path

from curate.plain import json_text
from curate.workspace import Workspace

NAME = "pushed.json"


def note_push(workspace: Workspace, build_id: str, repo: str, revision: str) -> tuple[str, ...]:
    """Keep that the build is at the Hub, in place of what was kept of it before.

    Returns what is to be said where it cannot be kept: the push itself went through.
    """
    path = _note(workspace, build_id)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json_text({"repo": repo, "revision": revision}) + "\n", "utf-8")
    except OSError as error:
        return (f"the push could not be noted here, so curate status does not know of it: {error}",)
    return ()


def was_pushed(workspace: Workspace, build_id: str) -> bool:
    """Whether a push of the build went through from this workspace."""
    return _note(workspace, build_id).is_file()


def _note(workspace: Workspace, build_id: str) -> Path:
    return workspace.root / "exports" / build_id[:12] / NAME
