"""Embeddings made by a model that the user names, kept below .cache so that none is made twice.

A part file is written whole and then renamed: a killed run goes on where it stopped. What is
embedded is known by its content, a text by its sha256 and a file of the store by its name. The
cache is of a model's name; where its weights change under the same name, remove the folder.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import uuid4

import pyarrow as pa

from curate.caches import whole_parts, write_part
from curate.engines.duckdb import DuckDBEngine
from curate.media.decoding import quiet_decoding
from curate.media.store import MediaStore
from curate.near.media import CACHE
from curate.selecting.embeddings import Progress, Spec
from curate.selecting.encoders import Encoded, Encoder, PictureEncoder, load_encoder
from curate.views import no_rows, parquet_source
from curate.workspace import Workspace
from schemas.base import content_id

CHUNK = 256
ENCODED = pa.schema(
    [("key", pa.string()), ("embedding", pa.list_(pa.float32())), ("fault", pa.string())]
)


def encode(engine: DuckDBEngine, workspace: Workspace, spec: Spec, progress: Progress) -> None:
    """Fill `vector_parts` with a model's embeddings of the engine's pool.

    Texts go to a text model; to a model of both go pictures, and texts of prompts that show none.
    Raises MissingExtraError or ConfigError where the model cannot be loaded.
    """
    folder = workspace.root / CACHE / f"embeddings-{content_id([spec.kind, spec.name])[:12]}"
    engine.run("select/asked_texts")
    engine.run("select/shown_files")
    of_pictures = spec.kind == "open_clip"
    engine.run("select/text_only_keys" if of_pictures else "select/text_keys", "text_keys")
    _know(engine, folder)
    pictures = [key for (key,) in engine.rows("select/pictures_to_encode")] if of_pictures else []
    engine.run("select/texts_to_encode")
    texts = engine.count("texts_to_encode")
    if pictures or texts:
        folder.mkdir(parents=True, exist_ok=True)
        encoder = load_encoder(spec)
        store = MediaStore(workspace.media)
        with progress("embedding", len(pictures) + texts) as advance, quiet_decoding():
            for made in _made(engine, encoder, store, pictures):
                _keep(folder, made)
                advance(len(made))
        _know(engine, folder)
    engine.values["of_pictures"] = of_pictures
    engine.run("select/encoded_parts", "vector_parts")


def _made(
    engine: DuckDBEngine, encoder: Encoder, store: MediaStore, pictures: Sequence[str]
) -> Iterator[Sequence[Encoded]]:
    if isinstance(encoder, PictureEncoder):
        for first in range(0, len(pictures), CHUNK):
            yield encoder.pictures(store, pictures[first : first + CHUNK])
    for batch in engine.batches("select/texts_to_encode_rows", CHUNK):
        yield encoder.texts(batch["key"].to_pylist(), batch["text"].to_pylist())


def _know(engine: DuckDBEngine, folder: Path) -> None:
    """Leave `encoded`, what the cache holds."""
    parts = whole_parts(folder)
    engine.define(
        "raw_encoded", f"select * from {parquet_source(parts)}" if parts else no_rows(ENCODED)
    )
    engine.view("select/encoded")


def _keep(folder: Path, made: Sequence[Encoded]) -> None:
    kept = [it for it in made if it.fault != "missing"]
    table = pa.table(
        [
            pa.array([it.key for it in kept], pa.string()),
            pa.array([it.embedding for it in kept], ENCODED.field("embedding").type),
            pa.array([it.fault for it in kept], pa.string()),
        ],
        schema=ENCODED,
    )
    write_part(folder / f"{uuid4().hex}.parquet", table)
