"""What a format says of itself to the shared writer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from export.buffers import Mask
from export.media import RowFiles

Taken = Callable[[pa.RecordBatch], pa.RecordBatch]


def all_rows(rows: pa.RecordBatch) -> pa.RecordBatch:
    """The rows as they are."""
    return rows


@dataclass(frozen=True, slots=True)
class Shaped:
    """A batch of rows in a format's columns, before its media are read.

    `refusals` maps reason -> the rows to refuse; `files` has each row's media. Both have as many
    rows as `table`, which has all columns of the format but the media's.
    """

    table: pa.RecordBatch
    files: Sequence[RowFiles]
    refusals: Mapping[str, Mask]

    def refused(self) -> Mask:
        """The rows that any check refuses. Shape: (rows,)."""
        found: Mask = np.zeros(self.table.num_rows, dtype=np.bool_)
        for mask in self.refusals.values():
            found = found | mask
        return found


@dataclass(frozen=True, slots=True)
class Shape:
    """A format, its columns and how the rows it reads become them.

    `media_columns` are those of `images` and `videos` that `schema` has; their bytes are the
    writer's to fill. `taken` leaves out rows that are not the format's to have; `shaped` gets what
    it left and refuses what it cannot hold. `decided` says that raters decided the rows, so that
    those of an unproven judge are refused.
    """

    name: str
    schema: pa.Schema
    media_columns: tuple[str, ...]
    shaped: Callable[[pa.RecordBatch], Shaped]
    decided: bool = True
    taken: Taken = all_rows
