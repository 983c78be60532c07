"""The same rows by plain pyarrow, a table at a time: BUILD OUT."""

import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.peers.training_rows import FEATURES, rows

ROWS = 500


def main(build: str, out: Path) -> None:
    """Write one Parquet file with the metadata by which `datasets` knows pictures."""
    schema = FEATURES.arrow_schema
    compression = {name: "zstd" for name in leaves(schema) if not name.endswith(".bytes")}
    waiting = []
    with pq.ParquetWriter(out, schema, compression=compression) as writer:
        for row in rows(build):
            waiting.append(row)
            if len(waiting) == ROWS:
                writer.write_table(pa.Table.from_pylist(waiting, schema=schema))
                waiting.clear()
        if waiting:
            writer.write_table(pa.Table.from_pylist(waiting, schema=schema))


def leaves(schema: pa.Schema) -> list[str]:
    """Every leaf's path as the writer names it."""
    empty = pa.BufferOutputStream()
    pq.write_table(schema.empty_table(), empty)
    found = pq.ParquetFile(pa.BufferReader(empty.getvalue())).schema
    return [found.column(number).path for number in range(len(found.names))]


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
