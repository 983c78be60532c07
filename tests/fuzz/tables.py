"""Tables: files of them out of fuzzed bytes, and whether records fit into theirs."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel

from schemas.arrow import from_batches, to_table
from tests.fuzz.laws import SCRATCH, holds
from tests.fuzz.values import Reader

Row = TypeVar("Row", bound=BaseModel)

AS_IT_IS = b"P"
"""The first byte of a Parquet file, which is taken as one; other bytes are values of a table."""


def parquet_file(data: bytes, name: str, words: Sequence[str] = ()) -> Path | None:
    """The file; None where the values make no table."""
    if data[:1] == AS_IT_IS:
        return SCRATCH.file(name, data)
    value = Reader(data, words).value()
    rows = value if isinstance(value, list) else [value]
    try:
        table = pa.Table.from_pylist([row for row in rows if isinstance(row, dict)])
        with pa.BufferOutputStream() as made:
            pq.write_table(table, made)
            written = made.getvalue().to_pybytes()
    except (pa.ArrowException, ValueError, OverflowError, TypeError, AttributeError):
        return None
    return SCRATCH.file(name, written)


def parquet_bytes(table: pa.Table) -> bytes:
    """The table as the bytes of a file."""
    with pa.BufferOutputStream() as made:
        pq.write_table(table, made, compression="zstd")
        return bytes(made.getvalue())


def fits_a_table(rows: Iterable[BaseModel], model: type[Row]) -> None:
    """Rows go into their table and come back as they were."""
    given = list(rows)
    batches = to_table(given, model).to_batches()
    holds(list(from_batches(batches, model)) == given, given)
