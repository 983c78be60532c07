"""Rows of a bundle's Parquet files, each checked: strangers wrote them."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel, ValidationError

from curate.bundle.prompts import prompt_fault
from schemas.arrow import model_schema, to_table
from schemas.candidate import Candidate, Prompt, candidate_id_of
from schemas.counted import counted
from schemas.errors import SourceError

Row = TypeVar("Row", bound=BaseModel)

BATCH_ROWS = 64
GROUP_BYTES = 1 << 30
"""What one row group may unpack to; ours are far below."""
BATCH_BYTES = 256 << 20
"""What one batch of a table may unpack to; a row of pairs may hold films of more."""
FILE_BYTES = 8 << 30
"""What one file may unpack to; no table or shard of ours comes near."""

FIX = "ask its owner to push it anew"
DAMAGED = (pa.ArrowException, OSError, ValueError)


def opened(path: Path, columns: list[str]) -> pq.ParquetFile:
    """The Parquet file, if it has no other columns than these and no row group that is a bomb.

    A version before ours may not have written all of them. Raises SourceError.
    """
    try:
        file = pq.ParquetFile(path, pre_buffer=False)
        names = file.schema_arrow.names
        about = file.metadata
        sizes = [about.row_group(number).total_byte_size for number in range(about.num_row_groups)]
    except DAMAGED as error:
        raise damaged(path, error) from error
    if not names or set(names) - set(columns):
        raise SourceError(f"{told_name(path)} has the columns {', '.join(names)[:200]}", FIX)
    if sizes and max(sizes) > GROUP_BYTES:
        raise SourceError(f"{told_name(path)}: a row group of {max(sizes):,} bytes", FIX)
    return file


def batches(
    file: pq.ParquetFile, path: Path, rows: int = BATCH_ROWS, columns: list[str] | None = None
) -> Iterator[pa.RecordBatch]:
    """Its batches. Raises SourceError where it breaks off."""
    try:
        total, rows = 0, min(rows, _rows_at_once(file))
        for batch in file.iter_batches(rows, columns=columns, use_threads=False):
            total += batch.nbytes
            if (columns is None and batch.nbytes > BATCH_BYTES) or total > FILE_BYTES:
                raise SourceError(f"{told_name(path)} unpacks to more than any of ours", FIX)
            yield batch
    except DAMAGED as error:
        raise damaged(path, error) from error


def _rows_at_once(file: pq.ParquetFile) -> int:
    """So many rows that a batch holds them even where each is as large as its row group.

    Asked of row groups alone: where what a file says of a column is damaged, Arrow ends the process
    when it is asked for it.
    """
    about = file.metadata
    sizes = (about.row_group(number).total_byte_size for number in range(about.num_row_groups))
    return max(1, int(BATCH_BYTES // max(1, *sizes, 1)))


def checked_rows(path: Path, model: type[Row]) -> Iterator[Row]:
    """The rows of a table as models, ids held against their content. Raises SourceError."""
    number = 0
    with opened(path, model_schema(model).names) as file:
        for batch in batches(file, path):
            for values in _values(batch, path):
                number += 1
                try:
                    row = model.model_validate(values)
                except ValidationError as error:
                    first = error.errors()[0]
                    where = ".".join(str(part) for part in first["loc"])
                    raise _bad(path, number, f"{where}: {first['msg']}") from error
                fault = _fault(row)
                if fault:
                    raise _bad(path, number, fault)
                yield row
        if number != file.metadata.num_rows:
            raise SourceError(
                f"{told_name(path)}: {counted(number, 'row')} where it says "
                f"{file.metadata.num_rows:,}",
                FIX,
            )


def table_of(rows: Iterable[BaseModel], model: type[BaseModel], path: Path) -> pa.Table:
    """Rows of a bundle's file as a table of ours. Raises SourceError for what no column holds."""
    try:
        return to_table(rows, model)
    except (OverflowError, *DAMAGED) as error:
        raise damaged(path, error) from error


def damaged(path: Path, error: Exception) -> SourceError:
    """The error for a file that cannot be read."""
    first = (str(error).splitlines() or [type(error).__name__])[0]
    return SourceError(f"{told_name(path)} cannot be read: {first[:200]}", FIX)


def told_name(path: Path) -> str:
    """A bundle's file for an error: its last folder and its name."""
    return f"{path.parent.name}/{path.name}"


def _values(batch: pa.RecordBatch, path: Path) -> list[dict[str, object]]:
    try:
        rows: list[dict[str, object]] = batch.to_pylist(maps_as_pydicts="strict")
    except (KeyError, *DAMAGED) as error:
        raise damaged(path, error) from error
    return rows


def _bad(path: Path, number: int, why: str) -> SourceError:
    return SourceError(f"{told_name(path)}, row {number}: {why}", FIX)


def _fault(row: BaseModel) -> str | None:
    """Why a row of a pull is not what its id says; None where it is."""
    if isinstance(row, Candidate):
        same = row.candidate_id == candidate_id_of(row.prompt_id, row.response)
        return None if same else "candidate_id is not that of its content"
    return prompt_fault(row) if isinstance(row, Prompt) else None
