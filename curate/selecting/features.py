"""Perceptual features: vectors for prompts that nobody made embeddings of, without any model.

A picture is its coarse shape: the 64 bits of its DCT hash and a grid of 8 x 8 cells of grey, as
curate/near/looks.py keeps them. A text is its words: each is hashed to one of 128 places with a
sign (feature hashing, Weinberger et al. 2009) and weighs the more the fewer prompts have it (idf).
Both count alike. They tell layouts and words apart, not meanings: a dog and a cat on the same lawn
are near, and so are two questions in the same words.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from curate.engines.duckdb import DuckDBEngine
from curate.kernels.looks import GRID, GRID_BYTES, steps_of
from curate.kernels.shingles import TOKEN_SETS
from curate.media.store import MediaStore
from curate.near.looks import LOOKS, looks_of
from curate.near.media import CACHE
from curate.selecting.vectors import ROWS, Vectors, fill, new_matrix, normalised
from curate.views import no_rows, parquet_source
from curate.workspace import Workspace

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

BITS = 64
CELLS = 8
PICTURE = BITS + CELLS * CELLS
WORDS = 128
COUNTED = 1 << 16
"""Words are counted by so many of their hashes."""


def files_to_look_at(engine: DuckDBEngine) -> list[str]:
    """The files of the store that stand for the prompts' media; leaves `shown_files`."""
    engine.run("select/shown_files")
    return [file for (file,) in engine.rows("select/looked_files")]


def perceptual(
    engine: DuckDBEngine,
    workspace: Workspace,
    files: list[str],
    count: int,
    scratch: Path,
    advance: Callable[[int], None],
) -> Vectors:
    """The features of `count` prompts, shape (count, 256). `advance` counts files looked at."""
    if files:
        parts = looks_of(MediaStore(workspace.media), workspace.root / CACHE, files, advance)
        engine.define("looks", f"select * from {parquet_source(parts)}")
    else:
        engine.define("looks", no_rows(LOOKS))
    engine.run("select/asked_texts")
    matrix = new_matrix(scratch / "vectors.npy", count, PICTURE + WORDS)
    for columns, blocks in (
        (slice(0, PICTURE), _pictures(engine)),
        (slice(PICTURE, PICTURE + WORDS), _texts(engine, count)),
    ):
        fill(matrix[:, columns], blocks)
        normalised(matrix[:, columns])
    there = normalised(matrix)
    missing = count - int(there.sum())
    return Vectors(matrix, there, {"missing": missing} if missing else {})


def _pictures(engine: DuckDBEngine) -> Iterator[tuple["Array", "Array"]]:
    """Of each picture 64 bits as -1 and 1, and 8 x 8 cells of grey from -1 to 1."""
    import numpy as np

    for batch in engine.batches("select/look_rows", ROWS):
        bits = batch["bits"].to_numpy().astype("<i8").view(np.uint8).reshape(-1, 8)
        signs = np.unpackbits(bits, axis=1, bitorder="little").astype(np.float32) * 2 - 1
        packed = b"".join(grid[:GRID_BYTES] for grid in batch["grids"].to_pylist())
        steps = steps_of(np.frombuffer(packed, np.uint8).reshape(-1, GRID_BYTES)) / np.float32(3)
        side = GRID // CELLS
        cells = steps.reshape(-1, CELLS, side, CELLS, side).mean(axis=(2, 4))
        flat = cells.reshape(-1, CELLS * CELLS).astype(np.float32)
        yield batch["place"].to_numpy(), np.concatenate([signs, flat], axis=1)


def _texts(engine: DuckDBEngine, count: int) -> Iterator[tuple["Array", "Array"]]:
    """Of each text the weighted sum of its words' places."""
    import numpy as np

    seen = np.zeros(COUNTED, np.int64)
    for _, _, words in _words(engine):
        seen += np.bincount(words % COUNTED, minlength=COUNTED)
    weights = np.log1p(count / np.maximum(seen, 1))
    for places, owners, words in _words(engine):
        spots = owners * WORDS + (words >> 16) % WORDS
        signed = weights[words % COUNTED] * (((words >> 24) & 1) * 2 - 1)
        block = np.bincount(spots, signed, len(places) * WORDS).reshape(-1, WORDS)
        yield places, block.astype(np.float32)


def _words(engine: DuckDBEngine) -> Iterator[tuple["Array", "Array", "Array"]]:
    """Of each batch of texts the places, and each of their words: whose it is, and its number."""
    import numpy as np

    for batch in engine.batches("select/asked_text_rows", ROWS):
        numbered = pa.record_batch([batch["place"], batch["text"]], ["doc_no", "text"])
        sets = TOKEN_SETS.apply(numbered)
        lists = sets["tokens"]
        owners = np.repeat(np.arange(len(lists)), np.diff(lists.offsets.to_numpy()))
        yield sets["doc_no"].to_numpy(), owners, lists.flatten().to_numpy()
