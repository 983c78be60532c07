"""Commands that output names, to be pasted as they are."""

import shlex
from pathlib import Path


def command(*words: str | Path, workspace: Path | None = None) -> str:
    """The words as a shell reads them, with -C where the workspace is not the current folder."""
    there = [] if workspace is None or _is_here(workspace) else ["-C", str(workspace)]
    return shlex.join([*map(str, words), *there])


def _is_here(workspace: Path) -> bool:
    return workspace.resolve() == Path.cwd()
