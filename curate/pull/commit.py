"""Committing a pull: media first, then its journal, then its folder by one rename.

The rename of the folder is the commit point: readers take a pull by its pull.json and leave a
`pull-<id>` journal alone whose pull is not there. So a kill at any moment leaves a whole workspace.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from curate.disk import sync_file, sync_folder
from curate.pull.tombstones import forget_journal, revive
from curate.workspace import Workspace
from schemas.manifest import PullManifest

MANIFEST = "pull.json"
TOMBSTONE = "tombstone.json"
STAGING = ".staging-"
PULL_PREFIX = "pull-"


@contextmanager
def staging_folder(workspace: Workspace) -> Iterator[Path]:
    """A folder to stage a pull in, gone afterwards; what killed pulls left goes first.

    Only while the lock of pulls is held.
    """
    for stale in workspace.pulls.glob(f"{STAGING}*"):
        shutil.rmtree(stale)
    staging = workspace.pulls / f"{STAGING}{os.getpid()}"
    staging.mkdir(parents=True)
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def commit(workspace: Workspace, folder: Path, journal: Path, manifest: PullManifest) -> None:
    """Put a staged pull in place, for good; one that was forgotten is replaced."""
    (folder / MANIFEST).write_text(manifest.model_dump_json(indent=2) + "\n", "utf-8")
    for path in (*sorted(folder.iterdir()), journal):
        sync_file(path)
    sync_folder(folder)
    workspace.annotations.mkdir(exist_ok=True)
    journal.replace(journal_of(workspace, manifest.pull_id))
    sync_folder(workspace.annotations)
    _clear_forgotten(workspace, manifest.pull_id, folder.with_name("forgotten"))
    folder.rename(workspace.pulls / manifest.pull_id)
    sync_folder(workspace.pulls)
    revive(workspace, journal_of(workspace, manifest.pull_id))


def manifest_of(workspace: Workspace, pull_id: str) -> PullManifest | None:
    """What a pull says of itself; null where it is not there or was forgotten."""
    folder = workspace.pulls / pull_id
    if not (folder / MANIFEST).is_file() or (folder / TOMBSTONE).exists():
        return None
    return PullManifest.model_validate_json((folder / MANIFEST).read_bytes())


def journal_of(workspace: Workspace, pull_id: str) -> Path:
    """The journal of a pull's events."""
    return workspace.annotations / f"{PULL_PREFIX}{pull_id}.jsonl"


def _clear_forgotten(workspace: Workspace, pull_id: str, aside: Path) -> None:
    """Make room where this pull was forgotten; until it is moved, its tombstone.json hides it."""
    folder = workspace.pulls / pull_id
    if (folder / TOMBSTONE).exists():
        forget_journal(workspace, pull_id).unlink(missing_ok=True)
        folder.rename(aside)
