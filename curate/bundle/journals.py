"""Journals to Parquet and back to the lines they were."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from annotate import journal
from curate.bundle.checked import checked_rows, table_of
from curate.bundle.layout import DIGEST
from curate.journal_digests import journal_digest
from curate.pull.tombstones import NOBODY
from schemas.arrow import from_batches, model_schema, to_table
from schemas.counted import counted
from schemas.errors import JournalError
from schemas.event import Event

CHUNK = 5_000
BROKEN = (pa.ArrowException, OSError, ValueError, LookupError, TypeError, OverflowError)
"""What a damaged Parquet file raises; a ValidationError is a ValueError."""

FIX = "restore the file from a copy"


def events_in(path: Path) -> Iterator[Event]:
    """The events of a journal, of lines or sealed. Raises JournalError where there is another."""
    if path.suffix == ".jsonl":
        yield from journal.read(path)
        return
    try:
        with pq.ParquetFile(path) as file:
            count = 0
            for event in from_batches(file.iter_batches(CHUNK), Event):
                count += 1
                yield event
            promised = file.metadata.num_rows
    except BROKEN as error:
        first = (str(error).splitlines() or [type(error).__name__])[0]
        raise JournalError(f"{path}: {first}", FIX) from error
    if count != promised:
        raise JournalError(f"{path}: {counted(count, 'event')} where it says {promised:,}", FIX)


def seal(path: Path, target: Path) -> None:
    """Write a journal's events as Parquet, without what a push leaves out.

    These are a server's words on a failure, and who rated what was deleted since.
    """
    metadata = {DIGEST: journal_digest(path).encode("ascii")}
    schema = model_schema(Event).with_metadata(metadata)
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        for chunk in _chunks(map(_as_it_leaves, events_in(path))):
            writer.write_table(to_table(chunk, Event).replace_schema_metadata(metadata))


def unseal(sealed: Path, target: Path) -> bool:
    """Write the events of a bundle's journal as lines, or sealed again where `target` is Parquet.

    Every event is checked. True where the lines are what they were before they were sealed. Raises
    SourceError for a file that holds anything else.
    """
    events = checked_rows(sealed, Event)
    if target.suffix == ".parquet":
        with pq.ParquetWriter(target, model_schema(Event), compression="zstd") as writer:
            for chunk in _chunks(events):
                writer.write_table(table_of(chunk, Event, sealed))
        return False
    with target.open("wb") as file:
        journal.write(file, events)
    known: bytes = (pq.read_schema(sealed).metadata or {}).get(DIGEST, b"")
    return journal_digest(target).encode("ascii") == known


def _chunks(events: Iterable[Event]) -> Iterator[list[Event]]:
    rest = iter(events)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _as_it_leaves(event: Event) -> Event:
    if event.deleted:
        event = event.model_copy(update={"rater": NOBODY})
    if event.failure is None or not event.failure.detail:
        return event
    return event.model_copy(update={"failure": event.failure.model_copy(update={"detail": ""})})
