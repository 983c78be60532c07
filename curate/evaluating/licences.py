"""The licence that prompts of a workspace are under, for answers to them that are pulled."""

from collections.abc import Collection
from pathlib import Path

import pyarrow.parquet as pq

from curate.pull.commit import manifest_of
from curate.workspace import CONFIG_NAME, Workspace


def licence_of(root: Path, prompt_ids: Collection[str]) -> str | None:
    """The licence of the pulls that brought any of the prompts; None where they have not one."""
    if not (root / CONFIG_NAME).is_file():
        return None
    workspace, wanted, found = Workspace.open(root), frozenset(prompt_ids), set()
    for folder in workspace.pull_folders():
        table = pq.read_table(folder / "prompts.parquet", columns=["prompt_id"])
        if not wanted.isdisjoint(table.column("prompt_id").to_pylist()):
            manifest = manifest_of(workspace, folder.name)
            found.add(manifest.licence if manifest is not None else None)
    return found.pop() if len(found) == 1 else None
