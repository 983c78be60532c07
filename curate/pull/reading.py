"""Reading a source once: its records through the rules into staged chunks, counted as they pass."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from curate.garbage import searched_rarely
from curate.ingest.records import Ingest
from curate.media.reader import MediaReader
from curate.media.remote import Fetcher
from curate.media.store import MediaStore
from curate.pull.records import MissingMedia, ingested
from curate.pull.staging import Staging
from curate.sources.record import SourceDrop, SourceRecord
from curate.sources.registry import Opened
from curate.workspace import Workspace

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Source:
    """A source as it was opened for one pull: `name` is what rows call it."""

    opened: Opened
    name: str
    licence: str | None
    missing_media: MissingMedia
    fetcher: Fetcher | None


@dataclass(slots=True)
class Tally:
    """What was read, before anything merged or left."""

    records: int = 0
    responses: int = 0

    def counted(
        self, records: Iterable[SourceRecord | SourceDrop]
    ) -> Iterator[SourceRecord | SourceDrop]:
        """The records, counted as they pass."""
        for record in records:
            if isinstance(record, SourceRecord):
                self.records += 1
                self.responses += len(record.responses)
            yield record


def stage(
    workspace: Workspace,
    source: Source,
    store: MediaStore,
    staging: Path,
    now: datetime,
    progress: Progress,
) -> Tally:
    """Stage all that the source gives below `staging`, its media in the store.

    `progress` is told of every record. Raises SourceError where the source breaks off.
    """
    tally = Tally()
    ingest = Ingest(source.name, workspace.rubric, now)
    root = source.opened.source.root
    reading = MediaReader(store, root, source.fetcher)
    with Staging(staging) as tables, reading as reader, searched_rarely():
        records = tally.counted(source.opened.records)
        for given in ingested(records, ingest, reader, source.missing_media):
            tables.add(given)
            progress(1)
    return tally
