"""Parquet: rows batch by batch, so memory holds some rows with their pictures and no more."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from curate.sources.record import Row, SourceDrop
from schemas.counted import counted
from schemas.errors import SourceError

BATCH_ROWS = 64
BUFFER_BYTES = 1024 * 1024


def read(path: Path, file: str) -> Iterator[Row | SourceDrop]:
    """Rows by record number from 1. Raises SourceError where the file is broken."""
    number = 0
    try:
        with pq.ParquetFile(path, buffer_size=BUFFER_BYTES, pre_buffer=False) as parquet:
            _check_columns(parquet.schema_arrow, path)
            for batch in parquet.iter_batches(batch_size=BATCH_ROWS):
                for values in batch_rows(batch):
                    number += 1
                    yield arrow_row(values, number, file)
            _check_count(number, parquet.metadata.num_rows, path)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise SourceError(
            f"{path}, after row {number}: no readable Parquet ({_first_line(error)})",
            "write the file again",
        ) from error


def batch_rows(batch: pa.RecordBatch) -> Iterator[dict[str, Any] | tuple[str, str]]:
    """The batch's rows as plain values, or reason and detail of one that cannot be.

    Rows are tried one by one only where the batch as a whole fails.
    """
    try:
        rows: list[dict[str, Any]] = batch.to_pylist(maps_as_pydicts="strict")
    except (ValueError, KeyError, OverflowError, pa.ArrowException):
        yield from (_single(batch.slice(index, 1)) for index in range(batch.num_rows))
    else:
        yield from rows


def _single(row: pa.RecordBatch) -> dict[str, Any] | tuple[str, str]:
    try:
        values: dict[str, Any] = row.to_pylist(maps_as_pydicts="strict")[0]
    except UnicodeDecodeError as error:
        return "bad_encoding", f"a text is not UTF-8 ({error.reason})"
    except (ValueError, KeyError, OverflowError, pa.ArrowException) as error:
        return "bad_type", _first_line(error)
    return values


def arrow_row(values: dict[str, Any] | tuple[str, str], number: int, file: str) -> Row | SourceDrop:
    """What `batch_rows` gave, as a row or a drop."""
    if isinstance(values, tuple):
        return SourceDrop(number, *values, file)
    return Row(number, values, file)


def _check_columns(schema: pa.Schema, path: Path) -> None:
    twice = [name for name, count in Counter(schema.names).items() if count > 1]
    if twice:
        raise SourceError(f"{path}: the column {twice[0]!r} stands twice", "name each column once")


def _check_count(number: int, promised: int, path: Path) -> None:
    """A file whose list of row groups is damaged reads well, and rows are missing from it."""
    if number != promised:
        raise SourceError(
            f"{path}: {counted(number, 'row')} where it says {promised:,}", "write the file again"
        )


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
