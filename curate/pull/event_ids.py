"""The ids of all events of a workspace, as a table on disk: what a pull compares itself with."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.errors import JournalError

START = b'{"event_id":"'
END = len(START) + 32
CHUNK = 100_000
IDS = pa.schema([pa.field("event_id", pa.string(), nullable=False)])


def write_event_ids(journals: Iterable[Path], path: Path) -> None:
    """Write the ids of every event of the journals as Parquet, in chunks."""
    ids = (one for journal in journals for one in event_ids(journal))
    with pq.ParquetWriter(path, IDS) as writer:
        while chunk := list(islice(ids, CHUNK)):
            writer.write_table(pa.table({"event_id": chunk}, schema=IDS))


def event_ids(journal: Path, start: int = 0) -> Iterator[str]:
    """The ids in a journal, JSONL from a byte on up to its last newline or sealed as Parquet.

    Raises JournalError with file and line, counted from there, for a line without one.
    """
    if journal.suffix == ".parquet":
        for batch in pq.ParquetFile(journal).iter_batches(columns=["event_id"]):
            yield from batch.column(0).to_pylist()
        return
    with journal.open("rb") as file:
        file.seek(start)
        for number, line in enumerate(file, start=1):
            if line.endswith(b"\n"):
                yield _id_of(line, f"{journal}, line {number}")


def _id_of(line: bytes, place: str) -> str:
    """The line's event_id; our own lines begin with it, so that most are not parsed."""
    if line.startswith(START) and line[END : END + 1] == b'"':
        return line[len(START) : END].decode("ascii", "replace")
    try:
        found = json.loads(line)["event_id"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise JournalError(
            f"{place}: no event", "restore the file from a copy or move it out of annotations/"
        ) from error
    return str(found)
