"""Files of lines that a workspace holds: what is not an event or a line of ours names its place."""

from collections.abc import Callable
from decimal import Decimal

import pyarrow.parquet as pq

from annotate import journal
from annotate.raters.replay import Replay
from curate.bundle.journals import events_in
from curate.journal_digests import journal_digest
from curate.judge import batch_log
from curate.sampling import journals as sampling
from schemas.errors import JournalError, SourceError
from schemas.event import Event
from tests.fuzz.laws import SCRATCH, holds, is_told
from tests.fuzz.tables import fits_a_table, parquet_file
from tests.fuzz.words import WORDS


def events(data: bytes) -> None:
    """The events before the last newline, each of which is written again as it was read."""
    path = SCRATCH.file("run.jsonl", data)
    whole = journal.whole_length(path)
    holds(whole == data.rfind(b"\n") + 1)
    lengths = [len(line) + 1 for line in data.split(b"\n")[:-1]]
    holds(journal.longest_line(path) == max([*lengths, len(data) - whole]))
    journal_digest(path)
    try:
        found = list(journal.read(path))
    except JournalError as error:
        is_told(error)
        return
    holds(len(found) == data.count(b"\n"))
    lines = b"".join(map(journal.line_of, found))
    holds(list(journal.read(SCRATCH.file("again.jsonl", lines))) == found)
    fits_a_table(found, Event)


def sealed(data: bytes) -> None:
    """The events of a sealed journal, or the one line that says what is wrong with the file."""
    path = parquet_file(data, "sealed.parquet", WORDS["sealed"])
    if path is None:
        return
    try:
        found = list(events_in(path))
    except JournalError as error:
        is_told(error)
        return
    holds(len(found) == pq.ParquetFile(path).metadata.num_rows)


def samples(data: bytes) -> None:
    """The lines of a sampling journal."""
    try:
        found = list(sampling.read(SCRATCH.file("samples.jsonl", data)))
    except JournalError as error:
        is_told(error)
        return
    holds(len(found) == data.count(b"\n"))


def batches(data: bytes) -> None:
    """What batch runs have under way, and what that can cost."""
    path = SCRATCH.file(f"batches/run{batch_log.SUFFIX}", data)
    try:
        jobs = batch_log.open_jobs(path.parent)
        held, lost = batch_log.held_usd(path.parent), batch_log.lost_usd(path.parent)
    except JournalError as error:
        is_told(error)
        return
    holds(len(jobs) <= data.count(b"\n"))
    holds(held >= Decimal(0) and lost >= Decimal(0), (held, lost))


def recorded(data: bytes) -> None:
    """A file of recorded judgements."""
    try:
        Replay("fuzzed", SCRATCH.file("recorded.jsonl", data))
    except SourceError as error:
        is_told(error)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "events": events,
    "sealed": sealed,
    "samples": samples,
    "batches": batches,
    "recorded": recorded,
}
