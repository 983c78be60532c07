"""Whether two pictures' grids agree, at the view at which their hashes met.

In: one_no, other_no, view, one_grids, other_grids: all views' grids of a picture, one after the
other. Out: the numbers and the view, only of pairs that agree: `one` at the view is `other`, and
whether that is sure or only likely.
"""

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from curate.kernels.base import Kernel
from curate.kernels.looks import GRID_BYTES, VIEWS, correlated, spreads

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

SURE, LIKELY = 9, 7
"""Nine tenths of correlation: of drawn charts in one frame no two agree by as much."""

SCHEMA = pa.schema(
    [
        ("one_no", pa.int64()),
        ("other_no", pa.int64()),
        ("view", pa.int8()),
        ("sure", pa.bool_()),
    ]
)


def _agreeing(batch: pa.RecordBatch) -> pa.RecordBatch:
    import numpy as np

    views = batch["view"].to_numpy()
    rows = np.arange(len(views))
    one = _grids(batch["one_grids"])[rows, views]
    other = _grids(batch["other_grids"])[:, 0]
    varying = spreads(one, other)
    sure = pa.array(correlated(*varying, SURE))
    likely = pa.array(correlated(*varying, LIKELY))
    found = [*(batch[name] for name in SCHEMA.names if name != "sure"), sure]
    columns = [column.cast(field.type) for column, field in zip(found, SCHEMA, strict=True)]
    return pa.record_batch(columns, SCHEMA).filter(likely)


def _grids(column: pa.Array) -> "Array":
    import numpy as np

    size = VIEWS * GRID_BYTES
    fixed = column.cast(pa.binary(size))
    data = np.frombuffer(fixed.buffers()[1], np.uint8)
    first = fixed.offset * size
    return data[first : first + len(fixed) * size].reshape(len(fixed), VIEWS, GRID_BYTES)


GRIDS_AGREE = Kernel(SCHEMA, _agreeing)
