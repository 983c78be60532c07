"""Ours: FOLDER OUT, what looks alike among the files; with OUT `-` only their hashes."""

import sys
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks.near.result import write
from curate.engines.duckdb import DuckDBEngine
from curate.near.looks import seen_in, table_of
from curate.near.pictures import link_pictures
from curate.parameters import RADIUS

CHUNK = 256


def main(folder: str, out: str) -> None:
    """Look at every file, and link those that look alike."""
    paths = sorted(Path(folder).iterdir())
    parts = []
    for first in range(0, len(paths), CHUNK):
        chunk = paths[first : first + CHUNK]
        parts.append(table_of([seen_in(path.read_bytes(), path.name) for path in chunk]))
    if out == "-":
        return
    looks = pa.concat_tables(parts)
    numbered = looks.append_column("picture_no", pa.array(np.arange(1, len(paths) + 1)))
    with tempfile.TemporaryDirectory() as scratch:
        engine = DuckDBEngine(Path(scratch), {})
        engine.put("given_looks", numbered)
        link_pictures(engine, "select * from given_looks", RADIUS)
        edges = engine.connection.sql("from look_edges").to_arrow_table()
        write(out, edges["one_no"], edges["other_no"])
        engine.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
