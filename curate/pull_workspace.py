"""`workspace:DIR`: another workspace's pulls, and the votes of its people and judges, by id.

Pulls are copied as they are; their media pass the same checks as any. Votes that came with no pull
are joined into one journal of the events this workspace does not have.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq

from annotate import journal
from curate.engines.duckdb import DuckDBEngine
from curate.locks import held
from curate.pull_commit import PULL_PREFIX, manifest_of, staging_folder
from curate.pull_copy import copy_pull
from curate.pull_report import PullReport
from curate.pull_tables import COUNTED, NEW, slug_of
from curate.source_name import folder_name
from curate.tombstones import FORGET_PREFIX, write_whole
from curate.views import event_rows, pulled_rows
from curate.workspace import Workspace
from schemas.arrow import from_batches
from schemas.base import content_id
from schemas.errors import UsageError
from schemas.event import Event


def pull_workspace(workspace: Workspace, directory: str, *, dry_run: bool = False) -> PullReport:
    """Take another workspace in: what it has, and what of it was new here.

    Raises WorkspaceError where there is none, SourceError where one of its files cannot be used.
    """
    other = Workspace.open(directory)
    if other.root.resolve() == workspace.root.resolve():
        raise UsageError(f"{directory} is this workspace", "name another one")
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(TemporaryDirectory(prefix="curate-")))
        if not dry_run:
            stack.enter_context(held(workspace.pulls / ".lock", "a pull"))
        engine = DuckDBEngine(scratch, {})
        stack.callback(engine.close)
        counts, new = _counted(engine, workspace, other, scratch)
        wanted = [
            folder for folder in other.pull_folders() if not manifest_of(workspace, folder.name)
        ]
        missing = [str(row[0]) for row in engine.rows("pull/other_votes")]
        if not dry_run:
            for folder in wanted:
                with staging_folder(workspace) as staging:
                    copy_pull(workspace, other, folder.name, staging)
            _copy_votes(workspace, other, missing)
    return PullReport(
        pull_id=None if dry_run else ", ".join(folder.name for folder in wanted),
        source=folder_name(other.root),
        format="workspace",
        counts=counts,
        new=new,
        dropped=_dropped(other),
        existed=not wanted and not missing,
    )


def _counted(
    engine: DuckDBEngine, workspace: Workspace, other: Workspace, scratch: Path
) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """What the other workspace has, and what of it is new here."""
    for name in ("prompts", "candidates"):
        theirs = pulled_rows(other, name).text
        engine.define(f"staged_{name}", f"select * exclude (pull), 0 as seq from ({theirs})")
        engine.define(f"raw_{name}", pulled_rows(workspace, name).text)
    engine.define("raw_events", event_rows(workspace.journals(), scratch).text)
    engine.define("other_events", event_rows(_journals(other), scratch).text)
    engine.define("other_votes", event_rows(_vote_journals(other), scratch).text)
    engine.run("pull/other_events", "staged_events")
    for name in ("prompts", "candidates", "events"):
        engine.run(f"pull/{name}")
    counts = dict(zip(COUNTED, engine.rows("pull/counts")[0], strict=True))
    return counts, dict(zip(NEW, engine.rows("pull/new")[0], strict=True))


def _journals(other: Workspace) -> list[Path]:
    """Journals of votes; what the other workspace forgot is its own affair."""
    return [path for path in other.journals() if not path.stem.startswith(FORGET_PREFIX)]


def _vote_journals(other: Workspace) -> list[Path]:
    return [path for path in _journals(other) if not path.stem.startswith(PULL_PREFIX)]


def _copy_votes(workspace: Workspace, other: Workspace, missing: list[str]) -> None:
    if missing:
        name = f"from-{slug_of(folder_name(other.root))}-{content_id(missing)[:12]}.jsonl"
        write_whole(workspace.annotations / name, _wanted_votes(other, set(missing)))


def _wanted_votes(other: Workspace, missing: set[str]) -> Iterator[Event]:
    """The events that are missing here, each once, in the order of their journals."""
    for path in _vote_journals(other):
        for event in _events(path):
            if event.event_id in missing:
                missing.remove(event.event_id)
                yield event


def _events(path: Path) -> Iterator[Event]:
    if path.suffix == ".parquet":
        return from_batches(pq.ParquetFile(path).iter_batches(), Event)
    return journal.read(path)


def _dropped(other: Workspace) -> Mapping[str, int]:
    """Rows that left at the other workspace's pulls, by reason."""
    dropped: dict[str, int] = {}
    for folder in other.pull_folders():
        manifest = manifest_of(other, folder.name)
        for reason, count in (manifest.dropped if manifest else {}).items():
            dropped[reason] = dropped.get(reason, 0) + count
    return dropped
