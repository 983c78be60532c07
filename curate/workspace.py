"""The workspace: the one place that knows its layout.

A workspace holds curate.toml, pulls/<pull_id>/{prompts,candidates,dropped}.parquet with pull.json,
media/, selected.parquet, routes.parquet, annotations/<run>.jsonl, samples/<run>.jsonl,
builds/<build_id>/, the link builds/latest, and a .gitignore.
"""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.errors import WorkspaceError, did_you_mean

if TYPE_CHECKING:
    import pandas as pd

    from curate.settings import Settings
    from schemas.rubric import Rubric

CONFIG_NAME = "curate.toml"
BENCHES = ".bench"
"""Where benchmarks are judged: a workspace inside the workspace, whose votes are no votes here."""

FOLDERS = ("pulls", "media", "annotations", "builds")
BUILD_TABLES = ("pairs", "ties", "dropped", "scores", "splits")
TABLE_NAMES = (
    "prompts",
    "candidates",
    "selected",
    "routes",
    "events",
    "ratings",
    "rankings",
    "failures",
    *BUILD_TABLES,
)


class Workspace:
    """A folder with a curate.toml. Opening reads nothing but the folder's name."""

    def __init__(self, root: Path, overrides: Sequence[str] = ()) -> None:
        self.root = root
        self.overrides = tuple(overrides)
        self.config_path = root / CONFIG_NAME
        self.pulls, self.media, self.annotations, self.builds = (root / name for name in FOLDERS)
        self.selected = root / "selected.parquet"
        self.routes = root / "routes.parquet"
        self.samples = root / "samples"

    @classmethod
    def open(cls, directory: Path | str = ".", overrides: Sequence[str] = ()) -> "Workspace":
        """The workspace at `directory`.

        Raises WorkspaceError where there is none, ConfigError for an override that does not hold.
        """
        root = Path(directory)
        if not (root / CONFIG_NAME).is_file():
            raise WorkspaceError(
                f"{root}: no workspace (no {CONFIG_NAME})",
                "make one with: curate init DIR, or name one with -C DIR",
            )
        workspace = cls(root, overrides)
        if overrides:
            _ = workspace.settings
        return workspace

    @cached_property
    def settings(self) -> "Settings":
        """The checked settings; raises ConfigError."""
        from curate.settings import load

        return load(self.config_path, self.overrides)

    @property
    def rubric(self) -> "Rubric":
        """The rubric all raters of this workspace are asked by."""
        return self.settings.rubric

    def pull_folders(self) -> list[Path]:
        """Committed pulls that were not taken back, by name."""
        return sorted(
            path.parent
            for path in self.pulls.glob("[!.]*/pull.json")
            if not (path.parent / "tombstone.json").exists()
        )

    def pull_tables(self, name: str) -> list[Path]:
        """The Parquet files of one table (prompts, candidates, dropped) over all pulls."""
        return [folder / f"{name}.parquet" for folder in self.pull_folders()]

    def journals(self) -> list[Path]:
        """Journals whose events count: a pull's own only while the pull is there."""
        kept = {folder.name for folder in self.pull_folders()}
        return [
            path
            for path in sorted((*self.annotations.glob("*.jsonl"), *self.sealed_journals()))
            if not path.stem.startswith("pull-") or path.stem.removeprefix("pull-") in kept
        ]

    def sealed_journals(self) -> list[Path]:
        """Journals that were closed and written as Parquet."""
        return sorted(self.annotations.glob("*.parquet"))

    def sample_journals(self) -> list[Path]:
        """Journals of answers that models were asked for, by name."""
        return sorted(self.samples.glob("*.jsonl"))

    def under_one_cap(self) -> list["Workspace"]:
        """The workspaces whose judge runs share a budget: this one, and that of its benchmarks."""
        home = self.root.parent if self.root.name == BENCHES else self.root
        return [Workspace(home), Workspace(home / BENCHES)]

    def latest_build(self) -> Path | None:
        """The folder of the newest whole build, None before the first."""
        link = self.builds / "latest"
        if not link.is_symlink():
            return None
        folder = self.builds / link.readlink().name
        return folder if (folder / "manifest.json").is_file() else None

    def build_folder(self, build_id: str | None = None) -> Path:
        """A build's folder, the latest where none is named. Raises WorkspaceError."""
        if build_id is None:
            latest = self.latest_build()
            if latest is None:
                raise WorkspaceError(f"{self.root}: no build yet", "run: curate build")
            return latest
        found = sorted(self.builds.glob(f"{build_id}*/manifest.json"))
        if len(found) != 1:
            known = [path.parent.name for path in self.builds.glob("*/manifest.json")]
            raise WorkspaceError(f"build {build_id!r} unknown", did_you_mean(build_id, known))
        return found[0].parent

    def frame(self, name: str) -> "pd.DataFrame":
        """A pandas frame of any table of DESIGN 4, e.g. `frame("pairs")`.

        Shape: one row as the table's grain, one column a field. Raises WorkspaceError for an
        unknown table, or a build's table before the first build.
        """
        from curate.views import open_views

        if name not in TABLE_NAMES:
            raise WorkspaceError(f"table {name!r} unknown", did_you_mean(name, TABLE_NAMES))
        if name in BUILD_TABLES:
            self.build_folder()
        with open_views(self) as connection:
            table = connection.table(name).to_arrow_table()
        frame: pd.DataFrame = table.to_pandas(maps_as_pydicts="strict")
        return frame
