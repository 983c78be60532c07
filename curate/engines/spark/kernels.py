"""Kernels on Spark: Arrow batch in, Arrow batch out, by `mapInArrow` in the executors' Python."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from curate.kernels.base import Kernel

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame


def mapped(frame: "DataFrame", kernel: Kernel) -> "DataFrame":
    """The rows of a frame through a kernel."""
    from pyspark.sql.pandas.types import from_arrow_schema

    def apply(batches: "Iterator[pa.RecordBatch]") -> "Iterator[pa.RecordBatch]":
        for batch in batches:
            yield kernel.apply(batch)

    return frame.mapInArrow(apply, from_arrow_schema(kernel.schema))
