"""Which prompts the workspace has, looked up and never read as a whole."""

from collections.abc import Iterable

from curate.workspace import Workspace
from schemas.base import content_id


def among(workspace: Workspace, prompt_ids: Iterable[str]) -> frozenset[str]:
    """Those of the prompts that the workspace has; only row groups with such ids are read."""
    wanted = sorted(set(prompt_ids))
    if not wanted:
        return frozenset()
    import pyarrow.parquet as pq

    found: set[str] = set()
    for path in workspace.pull_tables("prompts"):
        there = pq.read_table(
            path, columns=["prompt_id"], filters=[("prompt_id", "in", wanted)], use_threads=False
        )
        found.update(there.column(0).to_pylist())
    return frozenset(found)


def pulls_id(workspace: Workspace) -> str:
    """The id of the pulls that prompts are looked up in: another one, and more may be found."""
    return content_id(sorted(folder.name for folder in workspace.pull_folders()))
