"""`workspace:DIR`: another workspace's pulls, and the votes of its people and judges, by id.

Pulls are copied as they are; their media pass the same checks as any. Votes that came with no pull
are joined into one journal of the events this workspace does not have.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq

from annotate import journal
from curate.disk import sync_file, sync_folder
from curate.engines.duckdb import DuckDBEngine
from curate.locks import held
from curate.media.store import MediaLayout
from curate.pull.commit import PULL_PREFIX, manifest_of, staging_folder
from curate.pull.copying import check_tables, copy_pull
from curate.pull.report import PullReport
from curate.pull.source_name import folder_name
from curate.pull.staging import LINES, Chunks, line_row
from curate.pull.tables import COUNTED, NEW, define_known, slug_of
from curate.pull.tombstones import FORGET_PREFIX
from curate.views import parquet_source, pulled_rows
from curate.workspace import Workspace
from schemas.arrow import from_batches
from schemas.errors import UsageError
from schemas.event import Event


def pull_workspace(
    workspace: Workspace,
    directory: str,
    *,
    media: MediaLayout = "files",
    dry_run: bool = False,
) -> PullReport:
    """Take another workspace in: what it has, and what of it was new here.

    Raises WorkspaceError where there is none, SourceError where one of its files cannot be used.
    """
    other = Workspace.open(directory)
    if other.root.resolve() == workspace.root.resolve():
        raise UsageError(f"{directory} is this workspace", "name another one")
    check_tables(other)
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(TemporaryDirectory(prefix="curate-")))
        if not dry_run:
            stack.enter_context(held(workspace.pulls / ".lock", "a pull"))
        engine = DuckDBEngine(scratch, {})
        stack.callback(engine.close)
        counts, new = counts_of(engine, workspace, other, scratch)
        if not dry_run:
            _copy(engine, workspace, other, media)
    return PullReport(
        pull_id=None if dry_run else ", ".join(path.name for path in other.pull_folders()),
        source=folder_name(other.root),
        format="workspace",
        counts=counts,
        new=new,
        dropped=dropped_at_pulls(other),
        existed=not any(new.values()),
    )


def counts_of(
    engine: DuckDBEngine, workspace: Workspace, other: Workspace, scratch: Path
) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """What the other workspace has, and what of it is new here."""
    define_known(engine, workspace, scratch)
    for name in ("prompts", "candidates"):
        theirs = pulled_rows(other, name).text
        engine.define(f"staged_{name}", f"select * exclude (pull), 0 as seq from ({theirs})")
    stage_events(_journals(other), scratch / "events.parquet")
    stage_events(vote_journals(other), scratch / "votes.parquet")
    for name in ("events", "votes"):
        source = parquet_source([scratch / f"{name}.parquet"])
        engine.define(f"staged_{name}", f"select * from {source}")
    for name in ("prompts", "candidates", "events"):
        engine.run(f"pull/{name}")
    counts = dict(zip(COUNTED, engine.rows("pull/counts")[0], strict=True))
    return counts, dict(zip(NEW, engine.rows("pull/new")[0], strict=True))


def stage_events(journals: list[Path], path: Path) -> None:
    """Write the events of journals as their lines (LINES), for the engine."""
    chunks = Chunks(path, LINES)
    for file in journals:
        for event in _events(file):
            row = line_row(event)
            chunks.add(row, len(row["line"]))
    chunks.close()


def _journals(other: Workspace) -> list[Path]:
    """Journals of votes; what the other workspace forgot is its own affair."""
    return [path for path in other.journals() if not path.stem.startswith(FORGET_PREFIX)]


def vote_journals(other: Workspace) -> list[Path]:
    """Journals of votes that came with no pull."""
    return [path for path in _journals(other) if not path.stem.startswith(PULL_PREFIX)]


def _events(path: Path) -> Iterator[Event]:
    if path.suffix == ".parquet":
        return from_batches(pq.ParquetFile(path).iter_batches(), Event)
    return journal.read(path)


def _copy(engine: DuckDBEngine, workspace: Workspace, other: Workspace, media: MediaLayout) -> None:
    for folder in other.pull_folders():
        if manifest_of(workspace, folder.name) is None:
            with staging_folder(workspace) as staging:
                copy_pull(workspace, other, folder.name, staging, media)
    with staging_folder(workspace) as staging:
        add_votes(engine, workspace, folder_name(other.root), staging / "votes.jsonl")


def add_votes(engine: DuckDBEngine, workspace: Workspace, source: str, partial: Path) -> None:
    """Put the votes that are missing here into a journal named after where they come from.

    Reads `staged_votes` and `raw_events`; `partial` is where it is written first.
    """
    digest = _write_votes(engine, partial)
    if digest:
        name = f"from-{slug_of(source)}-{digest[:12]}.jsonl"
        sync_file(partial)
        partial.replace(workspace.annotations / name)
        sync_folder(workspace.annotations)


def _write_votes(engine: DuckDBEngine, path: Path) -> str | None:
    """Write the votes that are missing here; the digest of their ids, null where there are none."""
    digest, count = hashlib.sha256(), 0
    with path.open("wb") as file:
        for batch in engine.batches("pull/other_votes"):
            for event_id, line in zip(*(column.to_pylist() for column in batch), strict=True):
                digest.update(event_id.encode("ascii"))
                file.write(line.encode("utf-8"))
                count += 1
    return digest.hexdigest() if count else None


def dropped_at_pulls(other: Workspace) -> Mapping[str, int]:
    """Rows that left at the other workspace's pulls, by reason."""
    dropped: dict[str, int] = {}
    for folder in other.pull_folders():
        manifest = manifest_of(other, folder.name)
        for reason, count in (manifest.dropped if manifest else {}).items():
            dropped[reason] = dropped.get(reason, 0) + count
    return dropped
