"""The interface of a kernel: Arrow batch in, Arrow batch out.

An engine streams a statement's rows through it (DuckDB in this process, Spark by `mapInArrow`), so
a kernel keeps nothing between batches and imports what it needs itself.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pyarrow as pa


class BatchFunction(Protocol):
    """What a kernel computes: any number of rows out for the rows in."""

    def __call__(self, batch: "pa.RecordBatch", /) -> "pa.RecordBatch":
        """The rows that a batch gives."""
        ...


@dataclass(frozen=True, slots=True)
class Kernel:
    """A batch function and the schema of what it gives."""

    schema: "pa.Schema"
    apply: BatchFunction


def one_batch(table: "pa.Table") -> "pa.RecordBatch":
    """The rows of a table as what a kernel gives, however many they are."""
    import pyarrow as pa

    batches = table.combine_chunks().to_batches()
    return batches[0] if batches else pa.RecordBatch.from_pylist([], schema=table.schema)
