"""JSON lines: one object a line; a line that is none is a drop and reading goes on."""

from collections.abc import Iterator
from pathlib import Path

from curate.sources.containers import TooLong, bounded_lines, json_row, open_bytes
from curate.sources.record import Row, SourceDrop


def read(path: Path, file: str) -> Iterator[Row | SourceDrop]:
    """Rows by line from 1; lines of nothing but white space are no rows."""
    with open_bytes(path) as stream:
        for number, line in enumerate(bounded_lines(stream), start=1):
            if isinstance(line, TooLong) or line.strip():
                yield json_row(line, number, file)
