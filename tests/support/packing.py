"""Stores whose files are packed after the fact, so that any workspace of a test can be one."""

import shutil
from itertools import islice
from pathlib import Path

from curate.media.packer import Packer
from curate.media.shards import FOLDER, Shards
from curate.workspace import Workspace

FILES = "[0-9a-f][0-9a-f]/*"


def pack(store: Path, every: int = 1) -> list[str]:
    """Move each `every`-th file of a store into a shard; their names."""
    packer = Packer(store / FOLDER, Shards(store / FOLDER), lambda: store / "half")
    moved = list(islice(sorted(store.glob(FILES)), 0, None, every))
    for path in moved:
        packer.add(path.name, path.read_bytes())
        path.unlink()
    packer.finish()
    return [path.name for path in moved]


def unpacked(store: Path) -> list[str]:
    """The names of a store's files that are not packed."""
    return sorted(path.name for path in store.glob(FILES))


def packed_copy(workspace: Workspace, root: Path, every: int = 1) -> Workspace:
    """The workspace with nothing built or cached, some of its media packed."""
    made = shutil.ignore_patterns("builds", ".cache", "exports")
    shutil.copytree(workspace.root, root, ignore=made)
    copy = Workspace.open(root, workspace.overrides)
    copy.builds.mkdir()
    assert pack(copy.media, every)
    return copy
