"""Where runs of a workspace are, and what a user may call them by."""

from pathlib import Path

RUNS = "runs"


def model_at(workspace: Path, name: str) -> str:
    """The model named: a folder or a Hub id as it is, or a run of the workspace by its name."""
    run = workspace / RUNS / name
    return str(run) if run.is_dir() and not Path(name).exists() else name
