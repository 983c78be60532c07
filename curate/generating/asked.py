"""What `curate align generate` means where the user does not say it."""

from collections.abc import Sequence
from pathlib import Path

from align.folders import model_folder, run_folder
from curate.settings import preset_rubric
from curate.workspace import CONFIG_NAME, Workspace
from schemas.errors import UsageError
from schemas.rubric import Rubric

ANSWERS, PRESET = "answers", "five-metric"


def rubric_of(workspace: Path, overrides: Sequence[str]) -> Rubric:
    """The workspace's rubric, or the preset's where there is no workspace."""
    if (workspace / CONFIG_NAME).is_file():
        return Workspace.open(workspace, overrides).rubric
    return preset_rubric(PRESET)


def source_at(workspace: Path, name: str) -> str:
    """The source named: as it is, or a path in the workspace where it is none from here."""
    there = workspace / name
    return str(there) if there.exists() and not Path(name).exists() else name


def answers_file(out: Path | None, model: str, source: str, split: str | None) -> Path:
    """Where answers go: `answers/<source>[-<split>].jsonl` in the folder of the run or model.

    Raises UsageError as `folder_beside` does.
    """
    if out is not None:
        return out
    stem = Path(source).name.split(".")[0] or "prompts"
    name = f"{stem}{f'-{split}' if split else ''}.jsonl"
    return folder_beside(model) / ANSWERS / name


def folder_beside(model: str) -> Path:
    """The folder of the run or model. Raises UsageError for a model of the Hub, which has none."""
    folder = run_folder(model) or model_folder(model)
    if not folder.is_dir():
        raise UsageError(f"{model} has no folder to write into", "say where to with --out")
    return folder
