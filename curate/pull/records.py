"""The records of a source with their media read ahead, and what the rules make of them."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from curate.ingest.prompt import Words, media_of
from curate.ingest.records import Ingest, Ingested
from curate.ingest.text import RecordFaultError
from curate.media.contained import shown
from curate.media.reader import MediaReader
from curate.media.rules import MediumFaultError
from curate.sources.record import SourceDrop, SourceMedium, SourceRecord
from schemas.candidate import Medium
from schemas.errors import SourceError

MissingMedia = Literal["drop", "keep", "fail"]
NOT_HERE = ("missing_media", "remote_not_allowed")
AHEAD = 32


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record whose words are good and whose media are being read."""

    record: SourceRecord
    words: Words
    media: Sequence[tuple[SourceMedium, "Future[Medium]"]]


def ingested(
    records: Iterable[SourceRecord | SourceDrop],
    ingest: Ingest,
    reader: MediaReader,
    missing_media: MissingMedia,
) -> Iterator[Ingested]:
    """What each record gives, in the source's order.

    Raises SourceError for a medium that is not there where `missing_media` is `fail`.
    """
    for item in _ahead(_submitted(record, ingest, reader) for record in records):
        if isinstance(item, Ingested):
            yield item
        else:
            yield ingest.record(item.record, item.words, _reading(item, missing_media))


def _ahead(items: Iterator[Waiting | Ingested]) -> Iterator[Waiting | Ingested]:
    """The items, with the media of the next few on their way."""
    window = deque(islice(items, AHEAD))
    while window:
        yield window.popleft()
        window.extend(islice(items, 1))


def _submitted(
    record: SourceRecord | SourceDrop, ingest: Ingest, reader: MediaReader
) -> Waiting | Ingested:
    """The record with its media on their way, or what is lost without a look at them."""
    if isinstance(record, SourceDrop):
        return Ingested(dropped=[ingest.drop(record)])
    words = ingest.words(record)
    if isinstance(words, Ingested):
        return words
    return Waiting(record, words, [(it, reader.submit(it)) for it in media_of(record)])


def _reading(item: Waiting, missing_media: MissingMedia) -> Callable[[], Sequence[Medium]]:
    def read() -> Sequence[Medium]:
        return [_taken(item.record, medium, future, missing_media) for medium, future in item.media]

    return read


def _taken(
    record: SourceRecord,
    medium: SourceMedium,
    future: "Future[Medium]",
    missing_media: MissingMedia,
) -> Medium:
    try:
        return future.result()
    except MediumFaultError as fault:
        if fault.reason in NOT_HERE and missing_media == "keep" and medium.path:
            return Medium(kind=medium.kind, path=medium.path)
        if fault.reason in NOT_HERE and missing_media == "fail":
            raise SourceError(
                f"{record.file or 'data'}, line {record.line}: {fault.detail}",
                "put it there, or say --missing-media drop or keep",
            ) from fault
        raise RecordFaultError(fault.reason, _detail(medium, fault)) from fault


def _detail(medium: SourceMedium, fault: MediumFaultError) -> str:
    """The fault with the medium's name in front, where it does not say it already."""
    name = shown(medium.path) if medium.path else "bytes"
    return fault.detail if name in fault.detail else f"{name}: {fault.detail}"
