"""Arrow batches of one size, whatever sizes an engine gives."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from export.buffers import integers


def of_equal_size(batches: Iterable[pa.RecordBatch], rows: int) -> Iterator[pa.RecordBatch]:
    """The same rows in the same order in batches of `rows`, the last one shorter.

    Row groups of a file then depend on its rows alone, and two streams can be read side by side.
    """
    held: list[pa.RecordBatch] = []
    missing = rows
    for batch in batches:
        left = batch
        while left.num_rows >= missing:
            yield pa.concat_batches([*held, left.slice(0, missing)])
            held, left, missing = [], left.slice(missing), rows
        if left.num_rows:
            held.append(left)
            missing -= left.num_rows
    if held:
        yield pa.concat_batches(held)


def told(
    batches: Iterable[pa.RecordBatch], advance: Callable[[int], None]
) -> Iterator[pa.RecordBatch]:
    """The same batches; once one is done with, `advance` is told how many rows that makes."""
    done = 0
    for batch in batches:
        yield batch
        done += batch.num_rows
        advance(done)


class Ordered:
    """Batches sorted by a column of whole numbers, taken as far as a value of it.

    So two streams are joined without a table of either: one leads, the other gives what is its.
    """

    def __init__(self, batches: Iterable[pa.RecordBatch], schema: pa.Schema, key: str) -> None:
        self._batches = (batch.select(schema.names).cast(schema) for batch in batches)
        self._key = key
        self._left = pa.RecordBatch.from_arrays(
            [pa.nulls(0, field.type) for field in schema], schema=schema
        )

    def up_to(self, last: int) -> pa.RecordBatch:
        """The rows not taken yet whose key is at most `last`, in their order."""
        parts = [self._left]
        while not self._ends_after(last, parts[-1]):
            batch = next(self._batches, None)
            if batch is None:
                break
            parts.append(batch)
        end = int(np.searchsorted(integers(parts[-1][self._key]), last, side="right"))
        self._left = parts[-1].slice(end)
        return pa.concat_batches([*parts[:-1], parts[-1].slice(0, end)])

    def is_empty(self) -> bool:
        """Whether all rows were taken."""
        return not self._left.num_rows and not any(batch.num_rows for batch in self._batches)

    def _ends_after(self, last: int, batch: pa.RecordBatch) -> bool:
        return bool(batch.num_rows) and batch[self._key][-1].as_py() > last


def kept_aside(batches: Iterable[pa.RecordBatch], file: Path) -> Iterator[pa.RecordBatch]:
    """The same batches, all taken now and read back from `file` as they are asked for."""
    writer: pa.ipc.RecordBatchStreamWriter | None = None
    for batch in batches:
        if writer is None:
            options = pa.ipc.IpcWriteOptions(compression="lz4")
            writer = pa.ipc.new_stream(str(file), batch.schema, options=options)
        writer.write_batch(batch)
    if writer is None:
        return iter(())
    writer.close()
    return _read(file)


def _read(file: Path) -> Iterator[pa.RecordBatch]:
    with pa.OSFile(str(file)) as source, pa.ipc.open_stream(source) as reader:
        yield from reader


def written(batches: Iterable[pa.RecordBatch], path: Path, schema: pa.Schema) -> int:
    """Write batches as Parquet with `schema`, a row group each, and return how many rows."""
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch.select(schema.names).cast(schema))
            count += batch.num_rows
    return count
