"""How near two texts are: the exact Jaccard similarity of their sets of shingles.

In: one_no, other_no, one_shingles, other_shingles. Out: the numbers, how many shingles both have
and how many either has, so that a threshold is compared in whole numbers.
"""

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


def _compared(batch: pa.RecordBatch) -> pa.RecordBatch:
    import numpy as np

    rows, sizes = [], np.zeros(batch.num_rows, np.int64)
    for name in ("one_shingles", "other_shingles"):
        lists = batch[name]
        lengths = np.diff(lists.offsets.to_numpy())
        pairs = np.repeat(np.arange(batch.num_rows, dtype=np.int64), lengths)
        rows.append((pairs << BITS) | lists.flatten().to_numpy())
        sizes += lengths
    both = np.sort(np.concatenate(rows))
    twice = both[1:][both[1:] == both[:-1]] >> BITS
    shared = np.bincount(twice, minlength=batch.num_rows)
    columns = [batch["one_no"], batch["other_no"], pa.array(shared), pa.array(sizes - shared)]
    return pa.record_batch(columns, SCHEMA)


JACCARD = Kernel(SCHEMA, _compared)
