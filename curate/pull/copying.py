"""One pull of another workspace, copied with the media its prompts point to."""

import re
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from curate.engines.duckdb import DuckDBEngine
from curate.media.names import STORED
from curate.media.reader import MediaReader
from curate.media.rules import MediumFaultError
from curate.media.store import MediaLayout, MediaStore
from curate.media.video import EXTENSIONS
from curate.pull.commit import commit, journal_of, manifest_of
from curate.sources.record import SourceMedium
from curate.views import parquet_rows
from curate.workspace import Workspace
from schemas.arrow import table_schema
from schemas.candidate import MediaKind
from schemas.errors import SourceError

PULL_ID = re.compile(r"[a-z0-9][a-z0-9-]*-[0-9a-f]{12}")
TABLES = ("prompts", "candidates", "dropped")


def copy_pull(
    workspace: Workspace, other: Workspace, pull_id: str, staging: Path, media: MediaLayout
) -> None:
    """Copy a pull and commit it. Raises SourceError where a file of it cannot be used."""
    manifest = manifest_of(other, pull_id)
    if manifest is None or manifest.pull_id != pull_id or not PULL_ID.fullmatch(pull_id):
        raise SourceError(f"{other.pulls / pull_id} is no pull", "pull its source again there")
    folder = staging / "pull"
    folder.mkdir()
    for name in TABLES:
        shutil.copyfile(other.pulls / pull_id / f"{name}.parquet", folder / f"{name}.parquet")
    _copy_media(workspace, other, staging, media)
    votes = journal_of(other, pull_id)
    journal = staging / "journal.jsonl"
    if votes.exists():
        shutil.copyfile(votes, journal)
    else:
        journal.touch()
    commit(workspace, folder, journal, manifest)


def check_tables(other: Workspace) -> None:
    """Nothing, or SourceError for the first table of a pull that cannot be read."""
    for name in TABLES:
        for path in other.pull_tables(name):
            _check_table(path, name)


def _check_table(path: Path, name: str) -> None:
    fix = "pull its source again there"
    try:
        names = pq.read_schema(path).names
    except (OSError, pa.ArrowException) as error:
        raise SourceError(f"{path} cannot be read: {error}", fix) from error
    if names != table_schema(name).names:
        raise SourceError(f"{path} has the columns {', '.join(names)}", fix)


def _copy_media(workspace: Workspace, other: Workspace, staging: Path, layout: MediaLayout) -> None:
    """Every file the copied prompts point to, checked like any other and stored."""
    store = MediaStore(workspace.media, layout=layout)
    engine = DuckDBEngine(staging, {})
    try:
        copied = parquet_rows([staging / "pull" / "prompts.parquet"], "prompts")
        engine.define("copied_prompts", copied.text)
        files = [str(row[0]) for row in engine.rows("pull/stored_files")]
    finally:
        engine.close()
    with store.filling(), MediaReader(store, other.media) as reader:
        for file in files:
            _copy_medium(reader, file, other)


def _copy_medium(reader: MediaReader, file: str, other: Workspace) -> None:
    try:
        _checked_copy(reader, file)
    except MediumFaultError as fault:
        raise SourceError(
            f"{other.media}: {file[:80]!a}: {fault.detail}", "pull its source again there"
        ) from fault


def _checked_copy(reader: MediaReader, file: str) -> None:
    if not STORED.fullmatch(file):
        raise MediumFaultError("unsafe_path", "it is no name of a media store")
    kind: MediaKind = "video" if file.rpartition(".")[2] in EXTENSIONS else "image"
    found = reader.read(SourceMedium(kind, path=f"{file[:2]}/{file}"))
    if found.file != file:
        raise MediumFaultError("unreadable_media", f"its content is {found.file}")
