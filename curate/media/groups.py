"""Bytes of media into one Parquet file, a row group at a time and as they are."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

PAGE_BYTES = 1 << 30
"""No row group of ours has more: a column of it is one page."""


class Groups:
    """One Parquet file. A row group ends before its bytes would pass `group_bytes`."""

    def __init__(self, path: Path, schema: pa.Schema, group_bytes: int) -> None:
        self._schema, self._most = schema, group_bytes
        self._rows: list[tuple[Any, ...]] = []
        self._waiting = 0
        self._writer = pq.ParquetWriter(
            path,
            schema,
            compression="none",
            use_dictionary=False,
            write_statistics=["file"],
            data_page_size=PAGE_BYTES,
        )

    def add(self, row: tuple[Any, ...], size: int) -> None:
        """One more row, in the schema's order; `size` is the bytes of its medium."""
        if self._rows and self._waiting + size > self._most:
            self._flush()
        self._rows.append(row)
        self._waiting += size

    def close(self) -> None:
        """Write what waits and end the file."""
        try:
            self._flush()
        finally:
            self._writer.close()

    def _flush(self) -> None:
        if not self._rows:
            return
        columns = zip(*self._rows, strict=True)
        arrays = [
            pa.array(column, field.type)
            for column, field in zip(columns, self._schema, strict=True)
        ]
        self._rows, self._waiting = [], 0
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
