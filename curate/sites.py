"""Where a build runs: an engine, and what a build does with files rather than with statements."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from curate import filters, parameters
from curate.engines.base import Engine
from curate.engines.duckdb import DuckDBEngine
from curate.near.media import look_at_media
from curate.workspace import Workspace


class Site(Protocol):
    """What a build needs beside statements. It leaves tables in its engine."""

    @property
    def engine(self) -> Engine:
        """The build's tables."""
        ...

    def look_at_media(self, advance: Callable[[int], None]) -> None:
        """Leave `looks` (curate.near.looks.LOOKS) of every file that prompts show.

        Reads `raw_prompts`. `advance` is told how many files were looked at yet.
        """
        ...

    def filter(self, *levels: str) -> None:
        """Leave `filtered_prompts` and the like: the ids that leave, and the filters' names.

        Shape: (rows, 2). A row that several filters take out is named by the first. Filters of
        pairs read what `filter/draft_rows` does.
        """
        ...

    def publish(self, built: Path, build_id: str) -> None:
        """Make the files of a whole build known where the site keeps builds, manifest last."""
        ...


OpenSite = Callable[[Workspace, Path], AbstractContextManager[Site]]
"""Opens a site for a workspace, with a folder for what is not kept."""


class InThisProcess:
    """The default: DuckDB, and all files read here."""

    def __init__(self, workspace: Workspace, scratch: Path, engine: DuckDBEngine) -> None:
        self.workspace = workspace
        self.scratch = scratch
        self.engine = engine

    def look_at_media(self, advance: Callable[[int], None]) -> None:
        """Leave `looks`, those made before read from the workspace's cache."""
        look_at_media(self.workspace, self.engine, advance)

    def filter(self, *levels: str) -> None:
        """Leave the ids that the user's filters take out."""
        rules = self.workspace.settings.config.filter
        drafts = None
        if "pair" in levels and any(rule.level == "pair" for rule in rules):
            drafts = self.scratch / "drafts.parquet"
            self.engine.write("filter/draft_rows", drafts, filters.DRAFTS)
        found = filters.matches(self.workspace, rules, levels, self.scratch, drafts)
        for level in levels:
            self.engine.put(f"filtered_{level}s", found[level])

    def publish(self, built: Path, build_id: str) -> None:
        """A build lies in the workspace and nowhere else."""


@contextmanager
def in_this_process(workspace: Workspace, scratch: Path) -> Iterator[Site]:
    """DuckDB with its tables in `scratch`."""
    engine = DuckDBEngine(scratch, parameters.values(workspace.settings))
    try:
        yield InThisProcess(workspace, scratch, engine)
    finally:
        engine.close()
