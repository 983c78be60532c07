"""Embeddings of prompts as one matrix in a file: a row a prompt, of length 1 or all zero.

Rows have the order of the pool. A prompt of several pictures has the mean of their directions.
What cannot be used is counted by reason and its prompt has no vector; it is never made up.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from curate.engines.duckdb import DuckDBEngine
from schemas.errors import SourceError

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

ROWS = 4096
MOST_DIMENSIONS = 16_384
REASONS = ("missing", "not_numbers", "wrong_length", "not_finite", "zero", "unreadable")
"""Why a prompt has no vector."""

PARTS = pa.schema(
    [
        ("place", pa.int32()),
        ("part", pa.string()),
        ("embedding", pa.list_(pa.float32())),
        ("fault", pa.string()),
    ]
)
"""`vector_parts`: one embedding of a prompt or of one of its pictures, or why there is none."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """A matrix (prompts, dimensions) of float32, whose rows are there or not, and why not."""

    matrix: "Array"
    there: "Array"
    faults: dict[str, int] = field(default_factory=dict)

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        return int(self.matrix.shape[1])


def vectors_of(engine: DuckDBEngine, count: int, scratch: Path) -> Vectors:
    """The vectors of `count` prompts out of the engine's `vector_parts` (PARTS).

    Raises SourceError where they are longer than MOST_DIMENSIONS.
    """
    import numpy as np

    lengths = engine.rows("select/vector_lengths")
    dimensions = lengths[0][0] if lengths else 1
    if dimensions > MOST_DIMENSIONS:
        raise SourceError(
            f"embeddings of {dimensions:,} numbers are too long, {MOST_DIMENSIONS:,} is the most",
            "embed whole prompts, or reduce the embeddings first",
        )
    matrix = new_matrix(scratch / "vectors.npy", count, dimensions)
    reasons = np.zeros(count, np.int8)
    fill(matrix, _parts(engine, matrix.shape[1], reasons))
    there = normalised(matrix)
    found = Counter(REASONS[reason] for reason in reasons[~there].tolist())
    return Vectors(matrix, there, dict(sorted(found.items())))


def new_matrix(path: Path, rows: int, columns: int) -> "Array":
    """A matrix of zeros in a file, mapped into memory; one of no rows is in memory."""
    import numpy as np

    if not rows:
        return np.zeros((0, columns), np.float32)
    opened: Array = np.lib.format.open_memmap(  # type: ignore[no-untyped-call]  # numpy's own gap
        path, mode="w+", dtype=np.float32, shape=(rows, columns)
    )
    return opened


def fill(matrix: "Array", parts: Iterable[tuple["Array", "Array"]]) -> None:
    """Add up parts, given as places and their vectors, each as a direction of length 1."""
    import numpy as np

    for places, block in parts:
        length = np.sqrt(np.einsum("ij,ij->i", block, block, dtype=np.float64))
        units = block / np.where(length > 0, length, 1)[:, None]
        np.add.at(matrix, places, units.astype(np.float32))


def normalised(matrix: "Array") -> "Array":
    """Bring every row that is not all zero to length 1, in place; which rows those are."""
    import numpy as np

    there = np.zeros(len(matrix), bool)
    for start in range(0, len(matrix), ROWS):
        block = matrix[start : start + ROWS]
        length = np.sqrt(np.einsum("ij,ij->i", block, block, dtype=np.float64))
        is_there = length > 1e-6
        there[start : start + ROWS] = is_there
        block /= np.where(is_there, length, 1).astype(np.float32)[:, None]
        block[~is_there] = 0
    return there


def _parts(
    engine: DuckDBEngine, columns: int, reasons: "Array"
) -> Iterator[tuple["Array", "Array"]]:
    """The usable embeddings; `reasons` is told of the others."""
    import numpy as np

    for batch in engine.batches("select/vector_rows", ROWS):
        places = batch["place"].to_numpy()
        lists = batch["embedding"]
        lengths = pc.fill_null(pc.list_value_length(lists), -1).to_numpy()
        fits = lengths == columns
        _note(reasons, places, _reasons(batch["fault"], lengths, columns))
        kept = lists.filter(pa.array(fits))
        numbers = pc.fill_null(kept.flatten(), float("nan")).to_numpy(zero_copy_only=False)
        block = numbers.astype(np.float32, copy=False).reshape(-1, columns)
        finite = np.isfinite(block).all(axis=1)
        nonzero = block.any(axis=1)
        _note(reasons, places[fits], np.where(finite, np.where(nonzero, 0, 4), 3))
        yield places[fits][finite & nonzero], block[finite & nonzero]


def _reasons(faults: pa.Array, lengths: "Array", columns: int) -> "Array":
    """The number of each row's reason in REASONS, 0 where the row may be used."""
    import numpy as np

    found = np.where(lengths == columns, 0, np.where(lengths < 0, 1, 2))
    for number, reason in enumerate(REASONS):
        found[pc.fill_null(pc.equal(faults, reason), False).to_numpy(zero_copy_only=False)] = number
    return found


def _note(reasons: "Array", places: "Array", found: "Array") -> None:
    bad = found > 0
    reasons[places[bad]] = found[bad]
