"""Signatures of a benchmark: what is needed to know its rows again, and not the rows themselves.

A row's text is kept as hashes of its word trigrams, a picture as its looks. Neither gives back the
text or the picture; a guess can be checked against them.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from curate.bundle.checked import DAMAGED, batches
from curate.engines.duckdb import DuckDBEngine
from curate.init import create
from curate.kernels.shingles import sketches
from curate.media.store import MediaStore
from curate.near.looks import Seen, looks_of, seen_in, table_of
from curate.near.signed import LOOK_FIELDS, MARK, SIGNATURES, VERSION, Signed
from curate.pull.reading import Source
from curate.pull.stage import take_in
from curate.sources.base import Records
from curate.sources.record import SourceDrop, SourceRecord
from curate.sources.registry import open_source
from curate.sqlfiles import statement
from curate.views import base_views, parquet_source
from curate.workspace import Workspace
from schemas.errors import SourceError

PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff")
DATA = (".jsonl", ".json", ".csv", ".parquet")


def sign(location: str, scratch: Path, now: datetime) -> Signed:
    """The signatures of a data file, a folder of pictures, a Hub data set or a signature file.

    Raises SourceError where it cannot be read as a whole, or where nothing of it could be taken.
    """
    path = Path(location)
    known = signature_file(path)
    signed = known or (
        _of_pictures(path) if _is_gallery(path) else _of_source(location, scratch, now)
    )
    if not signed.table.num_rows:
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in signed.unread.items())
        raise SourceError(
            f"{location}: nothing in it can be compared ({reasons or 'it is empty'})",
            "without it no overlap could be found",
        )
    return signed


def signature_file(path: Path) -> Signed | None:
    """What a signature file holds; None where it is none."""
    if path.suffix != ".parquet" or not path.is_file():
        return None
    try:
        file = pq.ParquetFile(path)
        if (file.schema_arrow.metadata or {}).get(MARK) is None:
            return None
        table = pa.Table.from_batches(batches(file, path), file.schema_arrow)
        if table.schema.metadata.get(MARK) == VERSION and table.schema.names == SIGNATURES.names:
            return Signed(table.cast(SIGNATURES), {})
    except DAMAGED as error:
        first = (str(error).splitlines() or [type(error).__name__])[0]
        raise SourceError(f"{path} cannot be read: {first}", "restore the file") from error
    raise SourceError(
        f"{path}: signatures of another version", "make them anew with curate signatures"
    )


def _is_gallery(path: Path) -> bool:
    """Whether this is a folder with pictures and no data files."""
    if not path.is_dir():
        return False
    suffixes = {it.suffix.lower() for it in path.rglob("*")}
    return bool(suffixes & set(PICTURES)) and not suffixes & set(DATA)


def _of_pictures(folder: Path) -> Signed:
    seen = [_picture(folder, path) for path in sorted(folder.rglob("*")) if _is_picture(path)]
    looks = table_of(seen)
    unread: dict[str, int] = {}
    for fault in looks.column("fault").to_pylist():
        if fault is not None:
            unread[fault] = unread.get(fault, 0) + 1
    return Signed(_picture_rows(looks, looks.column("file")), unread)


def _is_picture(path: Path) -> bool:
    return path.suffix.lower() in PICTURES and path.is_file()


def _picture(folder: Path, path: Path) -> Seen:
    return seen_in(path.read_bytes(), path.relative_to(folder).as_posix())


def _picture_rows(looks: pa.Table, rows: pa.ChunkedArray) -> pa.Table:
    """The looks (LOOKS) that there are, as signatures of these rows."""
    clear = pa.compute.is_valid(looks.column("hashes"))
    columns = {
        "row": rows,
        "shingles": pa.nulls(looks.num_rows, SIGNATURES.field("shingles").type),
        **{name: looks.column(name) for name in LOOK_FIELDS},
    }
    return pa.table(columns).cast(SIGNATURES).filter(clear)


def _of_source(location: str, scratch: Path, now: datetime) -> Signed:
    """As any source is pulled, but into a workspace that is thrown away."""
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        workspace = create(Path(folder) / "benchmark")
        opened = open_source(location)
        named = replace(opened, records=_named(opened.records))
        source = Source(named, Path(location).name, None, "keep", None)
        report = take_in(workspace, source, MediaStore(workspace.media), now)
        engine = DuckDBEngine(Path(folder), {})
        try:
            tables = list(_rows_of(workspace, engine, Path(folder)))
        finally:
            engine.close()
    return Signed(pa.concat_tables(tables), dict(report.dropped))


def _named(records: Records) -> Iterator[SourceRecord | SourceDrop]:
    """The records, those without a key named by their file and line."""
    for record in records:
        if isinstance(record, SourceRecord) and record.key is None:
            place = f"line {record.line}"
            yield replace(record, key=f"{record.file}, {place}" if record.file else place)
        else:
            yield record


def _rows_of(workspace: Workspace, engine: DuckDBEngine, scratch: Path) -> Iterator[pa.Table]:
    engine.define("raw_prompts", base_views(workspace, scratch)["raw_prompts"].text)
    engine.run("load/prompt_keys")
    engine.define("near_texts", statement("near_prompts/prompt_texts"))
    engine.map("near/text_rows", sketches(1), "near_sketches")
    yield engine.table("decontaminate/text_signatures").cast(SIGNATURES)
    engine.run("media/medium_files")
    files = [file for (file,) in engine.rows("media/looked_files")]
    if files:
        parts = looks_of(MediaStore(workspace.media), scratch, files, lambda _looked: None)
        engine.define("looks", f"select * from {parquet_source(parts)}")
        yield engine.table("decontaminate/picture_signatures").cast(SIGNATURES)
