"""How near two texts are: the exact Jaccard similarity of their sets of shingles.

In: one_no, other_no, one_shingles, other_shingles. Out: the numbers, how many shingles both have
and how many either has, so that a threshold is compared in whole numbers.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from curate.kernels.base import Kernel
from curate.kernels.shingles import BITS

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

SCHEMA = pa.schema(
    [
        ("one_no", pa.int64()),
        ("other_no", pa.int64()),
        ("n_shared", pa.int64()),
        ("n_either", pa.int64()),
    ]
)
GRID_CELLS = 1 << 18
"""Numbers compared at once, or those of one pair where it has more."""


def _compared(batch: pa.RecordBatch) -> pa.RecordBatch:
    import numpy as np

    sizes = _sizes(batch, "one_shingles") + _sizes(batch, "other_shingles")
    # Pairs of about one size go into a grid together, so that few cells of it are empty.
    order = np.argsort(sizes)
    pairs = batch.take(pa.array(order))
    shared = np.zeros(batch.num_rows, np.int64)
    for first, count in _grids(sizes[order]):
        shared[order[first : first + count]] = _shared(pairs.slice(first, count))
    columns = [batch["one_no"], batch["other_no"], pa.array(shared), pa.array(sizes - shared)]
    return pa.record_batch(columns, SCHEMA)


def _grids(sizes: "Array") -> Iterator[tuple[int, int]]:
    """Runs of pairs (the first and how many), of sizes in order, that fill a grid at most."""
    first = 0
    while first < len(sizes):
        count = min(len(sizes) - first, GRID_CELLS // max(1, int(sizes[first])))
        while count > 1 and count * sizes[first + count - 1] > GRID_CELLS:
            count //= 2
        yield first, max(1, count)
        first += max(1, count)


def _shared(pairs: pa.RecordBatch) -> "Array":
    """How many numbers the two sets of each pair share: those there twice in a row in order.

    Rows are put in order side by side, at a third of what one long array in order costs.
    """
    import numpy as np

    sizes, others = _sizes(pairs, "one_shingles"), _sizes(pairs, "other_shingles")
    width = int((sizes + others).max())
    grid = np.empty((pairs.num_rows, width), np.int64)
    grid[:] = (1 << BITS) + np.arange(width)  # an empty cell is above all numbers, and like none
    rows = np.arange(pairs.num_rows) * width
    _put(grid, rows, pairs["one_shingles"], sizes)
    _put(grid, rows + sizes, pairs["other_shingles"], others)
    grid.sort(axis=1)
    found: Array = (grid[:, 1:] == grid[:, :-1]).sum(axis=1)
    return found


def _put(grid: "Array", firsts: "Array", sets: pa.ListArray, sizes: "Array") -> None:
    """Each set's numbers into the grid, from its first cell on."""
    import numpy as np

    cells = np.repeat(firsts - (np.cumsum(sizes) - sizes), sizes)
    cells += np.arange(len(cells))
    grid.reshape(-1)[cells] = sets.flatten().to_numpy()


def _sizes(pairs: pa.RecordBatch, name: str) -> "Array":
    import numpy as np

    found: Array = np.diff(pairs[name].offsets.to_numpy()).astype(np.int64)
    return found


JACCARD = Kernel(SCHEMA, _compared)
