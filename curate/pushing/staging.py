"""The folder whose tree becomes the repository's: made anew for each push, on the workspace's disk.

It is made under a lock, so that two pushes of a workspace never share it, and what a killed one
left is cleared away by the next.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from curate.exporting import export
from curate.locks import held
from curate.workspace import Workspace
from export.base import ExportResult
from export.folder import RECORD

DATA = "data"
FOLDER = ".push"
PAIRS, VOTES = "parquet", "votes"


@contextmanager
def staging(workspace: Workspace) -> Iterator[Path]:
    """An empty folder while the block runs. Raises WorkspaceError where a push is running."""
    home = workspace.root / FOLDER
    with held(workspace.root / ".push.lock", "a push"):
        shutil.rmtree(home, ignore_errors=True)
        folder = home / "tree"
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(home, ignore_errors=True)


def write_pairs(
    workspace: Workspace, folder: Path, progress: Callable[[int], None]
) -> ExportResult:
    """The latest build's pairs as `data/{split}-{i:05d}-of-{n:05d}.parquet` below the folder."""
    return _exported(workspace, PAIRS, folder / DATA, progress)


def write_votes(workspace: Workspace, folder: Path) -> ExportResult:
    """Every raw vote as `votes/{split}-{i:05d}-of-{n:05d}.parquet`; no folder without any."""
    written = _exported(workspace, VOTES, folder / VOTES)
    if not written.rows:
        shutil.rmtree(folder / VOTES)
    return written


def _exported(
    workspace: Workspace,
    name: str,
    place: Path,
    progress: Callable[[int], None] = lambda _rows: None,
) -> ExportResult:
    """What a format writes, without its own record, moved to its place in the tree."""
    written = export(workspace, [name], place.parent.parent, progress=progress)[name]
    (written.path / RECORD).unlink()
    written.path.rename(place)
    return written
