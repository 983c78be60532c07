"""Files that travel with a workspace: ledgers, manifests, embeddings, the tables of a push."""

import zipfile
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from io import BytesIO

import numpy as np
import pyarrow.parquet as pq
from pydantic import BaseModel

from annotate.spending import ledger
from annotate.spending.money import dollars, pico
from curate.bundle import layout
from curate.bundle.checked import checked_rows, table_of
from curate.bundle.reading import TABLES, checked_names
from curate.engines.duckdb import DuckDBEngine
from curate.manifest_files import build_manifest, pull_manifest
from curate.near.signatures import signature_file
from curate.selecting.embedding_files import read_file
from curate.selecting.embeddings import spec_of
from curate.sources.files import open_path
from curate.sources.location import HubSet, LocalPath, container_of, parse_location
from schemas.errors import ConfigError, JournalError, SourceError, UsageError, WorkspaceError
from schemas.event import Event
from tests.fuzz.laws import SCRATCH, holds, is_told
from tests.fuzz.tables import parquet_file
from tests.fuzz.values import Reader
from tests.fuzz.words import WORDS

MODELS: dict[str, type[BaseModel]] = {**TABLES, "events": Event}


def money(data: bytes) -> None:
    """A ledger's amounts are dollars that can be counted, and none is below nought."""
    path = SCRATCH.file("run.ledger.json", data)
    try:
        found = ledger.read(path)
    except JournalError as error:
        is_told(error)
        return
    spent = ledger.spent_of(found, Decimal(1))
    holds(spent >= 1, spent)
    holds(dollars(pico(spent)) >= spent, spent)
    ledger.write(path, found)
    holds(ledger.read(path) == found)


def manifests(data: bytes) -> None:
    """What a pull and a build say of themselves."""
    for name, read in (("pull.json", pull_manifest), ("manifest.json", build_manifest)):
        path = SCRATCH.file(f"manifests/{name}", data)
        try:
            read(path.parent)
        except WorkspaceError as error:
            is_told(error)


def embeddings(data: bytes) -> None:
    """A Parquet file of embeddings: lists of numbers by a key, or refused."""
    path = parquet_file(data, "vectors.parquet", WORDS["embeddings"])
    if path is not None:
        _vectors(path.name)


def arrays(data: bytes) -> None:
    """A .npz archive, as it is or of fuzzed members."""
    if data[:2] != b"PK":
        reader = Reader(data)
        with BytesIO() as made:
            with zipfile.ZipFile(made, "w") as archive:
                for name in ("prompt_id", "embedding", reader.one_of(("key", "source_key", "x"))):
                    if reader.left:
                        archive.writestr(f"{name}.npy", _array(reader))
            data = made.getvalue()
    SCRATCH.file("vectors.npz", data)
    _vectors("vectors.npz")


def spec(data: bytes) -> None:
    """What a user writes for embeddings."""
    try:
        found = spec_of(data.decode("utf-8", "surrogateescape"))
    except ConfigError as error:
        is_told(error)
        return
    holds(bool(found.name))


def bundle_names(data: bytes) -> None:
    """Only names that a push of ours has are let in, and none of them leaves the folder."""
    names = data.decode("utf-8", "surrogateescape").split("\n")
    try:
        found = checked_names(names, "stranger/set")
    except SourceError as error:
        is_told(error)
        return
    for name in found:
        holds(layout.is_known(name))
        holds((SCRATCH.folder / name).resolve().is_relative_to(SCRATCH.folder), name)
        holds(".." not in name.split("/") and name.isprintable(), name)


def bundle_tables(data: bytes) -> None:
    """Rows of a push as models whose ids are of their content, or the file refused."""
    which = tuple(MODELS)[data[0] % len(MODELS)] if data else "events"
    path = parquet_file(data[1:], f"{which}.parquet", WORDS["bundle_tables"])
    if path is None:
        return
    model = MODELS[which]
    try:
        rows = list(checked_rows(path, model))
        table = table_of(rows, model, path)
    except SourceError as error:
        is_told(error)
        return
    holds(len(rows) == table.num_rows == pq.ParquetFile(path).metadata.num_rows)


def signatures(data: bytes) -> None:
    """A file of signatures, or none."""
    path = parquet_file(data, "signatures.parquet", WORDS["embeddings"])
    try:
        found = signature_file(path) if path else None
    except SourceError as error:
        is_told(error)
        return
    holds(found is None or not found.unread)


def location(data: bytes) -> None:
    """What a user names as a source: a path here, or an id of the Hub and nothing behind it."""
    text = data.decode("utf-8", "surrogateescape")
    container_of(text)
    try:
        found = parse_location(text)
    except (SourceError, UsageError) as error:
        is_told(error)
        return
    if isinstance(found, HubSet):
        parts = found.repo.split("/")
        holds(1 <= len(parts) <= 2 and found.repo.isascii() and ".." not in parts, found.repo)
    else:
        _opened(found)


def _opened(place: LocalPath) -> None:
    if place.path.is_absolute() or ".." in place.path.parts:
        return  # what lies there is no business of a fuzzer
    try:
        open_path(SCRATCH.folder / "tree" / place.path, None, None)
    except SourceError as error:
        is_told(error)


def _array(reader: Reader) -> bytes:
    """An .npy file: one that NumPy writes, or its magic before other bytes."""
    kind = reader.byte() % 4
    piece = reader.piece(reader.size())
    if kind == 0:
        return piece
    if kind == 1:
        header = piece[:200]
        return b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + reader.piece(64)
    target = BytesIO()
    if kind == 2:
        np.save(target, np.array(piece.decode("utf-8", "replace").split(" ")))
    else:
        floats = np.frombuffer(piece[: len(piece) // 4 * 4], np.float32)
        wide = max(1, reader.byte() % 8)
        np.save(target, floats[: len(floats) // wide * wide].reshape(-1, wide))
    return target.getvalue()


def _vectors(name: str) -> None:
    engine = _engine()
    try:
        read_file(engine, SCRATCH.folder, name)
    except SourceError as error:
        is_told(error)
        return
    places = {
        place for (place,) in engine.connection.execute("select place from vector_parts").fetchall()
    }
    holds(places <= {0, 1}, places)


@cache
def _engine() -> DuckDBEngine:
    """An engine with a pool of two prompts."""
    folder = SCRATCH.folder / "engine"
    folder.mkdir()
    engine = DuckDBEngine(folder, {}, memory_mb=256)
    engine.define("pool", "select * from (values (0, 'a'), (1, 'b')) as t(place, prompt_id)")
    engine.define(
        "prompts", "select * from (values ('a', 'k1'), ('b', 'k1')) as t(prompt_id, source_key)"
    )
    return engine


TARGETS: dict[str, Callable[[bytes], None]] = {
    "money": money,
    "manifests": manifests,
    "embeddings": embeddings,
    "arrays": arrays,
    "spec": spec,
    "bundle_names": bundle_names,
    "bundle_tables": bundle_tables,
    "signatures": signatures,
    "location": location,
}
