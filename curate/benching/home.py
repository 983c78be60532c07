"""The workspace that benchmarks are judged in: `.bench`, below the workspace whose judge it is.

It has the same rubric, judge and budget, and nothing of the other settings. Its journals stay, so
what was asked once is not asked again; its pulls are those of the benchmark at hand.
"""

import shutil
from functools import cached_property
from pathlib import Path

from curate.settings import Settings, resolve
from curate.workspace import BENCHES, FOLDERS, Workspace
from schemas.config import Config
from schemas.config_curation import DedupeSection
from schemas.config_judge import JudgeSection
from schemas.config_routing import RouteSection

ALL_TO_THE_JUDGE = RouteSection(default="judge", overlap_share=0, overlap_min=0)


class BenchWorkspace(Workspace):
    """A workspace whose settings are given and lie in no file."""

    def __init__(self, root: Path, settings: Settings) -> None:
        super().__init__(root)
        self._given = settings

    @cached_property
    def settings(self) -> Settings:
        """The given settings."""
        return self._given


def emptied_home(workspace: Workspace) -> BenchWorkspace:
    """The benchmarks' workspace without pulls and routes; only while its run is locked."""
    home = BenchWorkspace(workspace.root / BENCHES, _settings(workspace))
    shutil.rmtree(home.pulls, ignore_errors=True)
    home.routes.unlink(missing_ok=True)
    for name in FOLDERS:
        (home.root / name).mkdir(parents=True, exist_ok=True)
    return home


def _settings(workspace: Workspace) -> Settings:
    config = workspace.settings.config
    changed: dict[str, object] = {
        "judge": _found_from_anywhere(config.judge, workspace.root),
        "route": ALL_TO_THE_JUDGE,
        "dedupe": DedupeSection(),
        "decontaminate": (),
        "filter": (),
    }
    return resolve(Config.model_validate({**dict(config), **changed}))


def _found_from_anywhere(section: JudgeSection, root: Path) -> JudgeSection:
    """The judge with files of recorded replies named whole; a relative one is the workspace's."""
    jury = tuple(
        member.model_copy(update={"base_url": _whole(member.base_url, root)})
        if member.provider == "replay"
        else member
        for member in section.jury
    )
    if section.provider == "replay":
        return section.model_copy(update={"jury": jury, "base_url": _whole(section.base_url, root)})
    return section.model_copy(update={"jury": jury})


def _whole(path: str | None, root: Path) -> str | None:
    return None if path is None else str((root / path).resolve())
