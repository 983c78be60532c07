"""Making a workspace: its folders, a commented curate.toml, and what git should leave alone."""

from collections.abc import Sequence
from pathlib import Path

from curate.settings import parse
from curate.template import config_text
from curate.workspace import CONFIG_NAME, FOLDERS, Workspace
from schemas.errors import ConfigError, UsageError, WorkspaceError, did_you_mean
from schemas.rubric import PRESETS

IGNORED = (
    "media/\nbuilds/\npulls/.*\nannotations/.*\nsamples/.*\n"
    ".bench/\n.cache/\n.label-studio/\n.push/\n*.lock\n"
)


def create(
    directory: Path, preset: str = "five-metric", overrides: Sequence[str] = ()
) -> Workspace:
    """A new workspace at `directory`, which may exist but must not hold one.

    `overrides` (`key=value`) are written into its curate.toml. Raises WorkspaceError where there is
    a workspace already, ConfigError for an unknown preset or a setting that does not hold; then
    nothing was made.
    """
    if preset not in PRESETS:
        raise ConfigError(f"--preset {preset!r} unknown", did_you_mean(preset, PRESETS))
    if (directory / CONFIG_NAME).exists():
        raise WorkspaceError(f"{directory} is a workspace already", "go on there with -C")
    if directory.exists() and not directory.is_dir():
        raise WorkspaceError(f"{directory} is a file", "name a folder")
    config = config_text(preset, overrides)
    parse(config, "--set")
    for name in FOLDERS:
        (directory / name).mkdir(parents=True, exist_ok=True)
    ignore = directory / ".gitignore"
    if not ignore.exists():
        ignore.write_text(IGNORED, "utf-8")
    (directory / CONFIG_NAME).write_text(config, "utf-8")
    return Workspace.open(directory)


def named_once(argument: Path | None, option: Path | None, default: Path | None = None) -> Path:
    """The folder a command is to make, given as DIR or with -C. Raises UsageError."""
    if argument is not None and option is not None and argument != option:
        raise UsageError(f"two folders: {argument} and -C {option}", "name one")
    found = argument or option or default
    if found is None:
        raise UsageError("no folder named", "e.g. curate init my-workspace")
    return found
