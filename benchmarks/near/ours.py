"""Ours: IN OUT, the texts' groups and edges."""

import sys
import tempfile
from pathlib import Path

from benchmarks.near.result import THRESHOLD, write
from curate.engines.duckdb import DuckDBEngine
from curate.near.texts import link_near_texts

MEMORY_MB = 512


def main(source: str, out: str) -> None:
    """Link the texts and write the edges."""
    with tempfile.TemporaryDirectory(dir=Path(out).parent) as scratch:
        engine = DuckDBEngine(Path(scratch), {}, MEMORY_MB)
        texts = f"select doc_no, 0::bigint as scope, text from read_parquet('{source}')"
        link_near_texts(engine, f"({texts})", THRESHOLD)
        edges = engine.connection.sql("select one_no, other_no from near_edges").to_arrow_table()
        write(out, edges["one_no"], edges["other_no"])
        engine.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
