"""The pull stage: a source's prompts, candidates, votes and media into the workspace.

Records stream through the rules into staged chunks; DuckDB merges them by id and sorts. The same
source gives the same pull_id and the same bytes, so pulling it twice adds nothing.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from curate.engines.duckdb import DuckDBEngine
from curate.locks import held
from curate.media.remote import Fetcher
from curate.media.rules import Limits
from curate.media.store import MediaLayout, MediaStore
from curate.media.video import require_reader
from curate.pull.commit import commit, manifest_of, staging_folder
from curate.pull.preview import preview
from curate.pull.reading import Progress, Source, Tally, stage
from curate.pull.records import MissingMedia
from curate.pull.report import PullReport
from curate.pull.source_name import source_name
from curate.pull.tables import Tables, merge, pull_id_of, write_journal, write_tables
from curate.sources.registry import Opened, open_source
from curate.version import __version__
from curate.workspace import Workspace
from schemas.counted import counted
from schemas.manifest import PullManifest

OF_WORKSPACE = "workspace:"


def pull(
    workspace: Workspace,
    location: str,
    *,
    now: datetime,
    format: str | None = None,  # noqa: A002 - the word of the command line
    field_map: Mapping[str, str] | None = None,
    licence: str | None = None,
    limit: int | None = None,
    missing_media: MissingMedia = "drop",
    allow_remote: bool = False,
    media_root: Path | None = None,
    revision: str | None = None,
    video_frames: int | None = None,
    media: MediaLayout = "files",
    dry_run: bool = False,
    limits: Limits | None = None,
    progress: Progress = lambda _records: None,
) -> PullReport:
    """Take a source in and say what it held and what of it is new.

    Raises SourceError where the source as a whole cannot be read, UsageError where options do not
    go together, WorkspaceError where another pull is running. The workspace is then as it was.
    """
    if location.startswith(OF_WORKSPACE):
        from curate.pull.other_workspace import pull_workspace

        return pull_workspace(
            workspace, location.removeprefix(OF_WORKSPACE), media=media, dry_run=dry_run
        )
    if format is None:
        from curate.bundle.finding import find, refuse_options

        bundle = find(location, revision=revision, allow_remote=allow_remote)
        if bundle is not None:
            from curate.bundle.restoring import restore

            refuse_options(
                map=field_map,
                licence=licence,
                limit=limit,
                media_root=media_root,
                frames=video_frames,
                missing_media=missing_media != "drop",
            )
            return restore(workspace, bundle, media=media, dry_run=dry_run)
    opened = open_source(
        location,
        format=format,
        field_map=field_map,
        limit=limit,
        allow_remote=allow_remote,
        revision=revision,
        media_root=media_root,
    )
    name = source_name(location)
    if dry_run:
        return preview(opened, name)
    source = Source(opened, name, licence, missing_media, Fetcher() if allow_remote else None)
    if video_frames:
        require_reader()
    store = MediaStore(workspace.media, limits, video_frames, media)
    return take_in(workspace, source, store, now, progress)


def take_in(
    workspace: Workspace,
    source: Source,
    store: MediaStore,
    now: datetime,
    progress: Progress = lambda _records: None,
) -> PullReport:
    """Take in a source that was opened, as `pull` does."""
    with held(workspace.pulls / ".lock", "a pull"), staging_folder(workspace) as staging:
        return _pull(workspace, source, store, staging, now, progress)


def _pull(
    workspace: Workspace,
    source: Source,
    store: MediaStore,
    staging: Path,
    now: datetime,
    progress: Progress,
) -> PullReport:
    with store.filling():
        read = stage(workspace, source, store, staging, now, progress)
    engine = DuckDBEngine(staging, {})
    try:
        tables = merge(engine, workspace, staging)
        pull_id = pull_id_of(source.name, tables.digest)
        known = manifest_of(workspace, pull_id)
        if known is not None:
            return _report(source, tables, known, existed=True)
        manifest = _manifest(pull_id, source, tables, read, now)
        folder, journal = staging / "pull", staging / "journal.jsonl"
        folder.mkdir()
        write_tables(engine, folder)
        write_journal(engine, journal)
        commit(workspace, folder, journal, manifest)
        return _report(source, tables, manifest, existed=False)
    finally:
        engine.close()


def _manifest(
    pull_id: str, source: Source, tables: Tables, read: Tally, now: datetime
) -> PullManifest:
    return PullManifest(
        pull_id=pull_id,
        source=source.name,
        revision=source.opened.revision,
        licence=source.licence,
        format=source.opened.layout,
        map=dict(source.opened.field_map),
        counts={**tables.counts, "records": read.records, "responses": read.responses},
        dropped=dict(tables.dropped),
        digest=tables.digest,
        version=__version__,
        at=now,
    )


def _report(source: Source, tables: Tables, manifest: PullManifest, *, existed: bool) -> PullReport:
    warnings = []
    if existed and source.licence not in (None, manifest.licence):
        warnings.append(
            f"{manifest.pull_id} is there with the licence {manifest.licence}; to change it, "
            f"curate forget {manifest.pull_id} and pull again"
        )
    if not manifest.counts["prompts"]:
        warnings.append(f"no row of {source.name} could be used; the reasons are counted above")
    else:
        warnings += _empty(source.opened, manifest)
    return PullReport(
        pull_id=manifest.pull_id,
        source=source.name,
        format=manifest.format,
        map=manifest.map,
        counts=manifest.counts,
        new=tables.new,
        dropped=manifest.dropped,
        examples=tables.examples,
        unread=source.opened.unread,
        existed=existed,
        warnings=warnings,
        notes=_notes(tables, manifest),
    )


def _empty(opened: Opened, manifest: PullManifest) -> Iterator[str]:
    """What no prompt has although columns were left unread."""
    if not opened.unread:
        return
    for kind, field in (("candidates", "responses"), ("media", "images")):
        if not manifest.counts[kind] and field not in opened.field_map:
            what = {"candidates": "an answer", "media": "a picture"}[kind]
            yield (
                f"no prompt has {what}; if a column holds them: curate forget "
                f"{manifest.pull_id}, and pull again with --map {field}=COLUMN"
            )


def _notes(tables: Tables, manifest: PullManifest) -> list[str]:
    if not tables.repeats:
        return []
    repeats = "repeats" if tables.repeats == 1 else "repeat"
    records = counted(manifest.counts["records"], "record")
    return [f"{tables.repeats:,} of {records} {repeats} a prompt of another: they are one."]
