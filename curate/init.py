"""Making a workspace: its folders, a commented curate.toml, and what git should leave alone."""

from importlib import resources
from pathlib import Path

from curate.workspace import CONFIG_NAME, FOLDERS, Workspace
from schemas.errors import ConfigError, WorkspaceError, did_you_mean
from schemas.rubric import PRESETS

IGNORED = "media/\nbuilds/\npulls/.*\nannotations/.*\n.label-studio/\n*.lock\n"


def create(directory: Path, preset: str = "five-metric") -> Workspace:
    """A new workspace at `directory`, which may exist but must not hold one.

    Raises WorkspaceError where there is one already, ConfigError for an unknown preset.
    """
    if preset not in PRESETS:
        raise ConfigError(f"--preset {preset!r} unknown", did_you_mean(preset, PRESETS))
    if (directory / CONFIG_NAME).exists():
        raise WorkspaceError(f"{directory} is a workspace already", "go on there with -C")
    if directory.exists() and not directory.is_dir():
        raise WorkspaceError(f"{directory} is a file", "name a folder")
    for name in FOLDERS:
        (directory / name).mkdir(parents=True, exist_ok=True)
    ignore = directory / ".gitignore"
    if not ignore.exists():
        ignore.write_text(IGNORED, "utf-8")
    template = (resources.files("curate") / "template.toml").read_text(encoding="utf-8")
    (directory / CONFIG_NAME).write_text(template.replace("{preset}", preset), "utf-8")
    return Workspace.open(directory)
