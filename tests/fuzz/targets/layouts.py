"""Rows of every source layout through the rules: each answer is kept or dropped, votes on scale."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from annotate import journal
from curate.ingest.prompt import media_of
from curate.ingest.records import Ingest, Ingested
from curate.ingest.text import RecordFaultError, is_text
from curate.sources import generic
from curate.sources.record import SourceDrop, SourceRecord
from curate.sources.registry import KNOWN, load_layout
from schemas.candidate import Candidate, Medium, Prompt
from schemas.errors import SourceError, UsageError
from schemas.event import Event
from schemas.pair import DroppedRow
from schemas.rubric import OVERALL, scales_of
from tests.fuzz.laws import holds, is_told, known_reasons
from tests.fuzz.tables import fits_a_table
from tests.fuzz.values import Reader
from tests.fuzz.words import LAYOUTS, WORDS
from tests.support.examples import NOON
from tests.support.pages import RUBRICS
from tests.support.source_input import MemorySource

PRESETS = tuple(RUBRICS)


def layouts(data: bytes) -> None:
    """A known layout, by the first byte, on rows made of the others."""
    reader = Reader(data, WORDS["layouts"])
    layout = load_layout(reader.one_of(LAYOUTS))
    rubric = reader.one_of(PRESETS)
    source = _source(reader)
    layout.matches(source)
    try:
        records = list(layout.read(source))
    except SourceError as error:
        is_told(error)
        return
    _ingested(records, rubric)


def generic_rows(data: bytes) -> None:
    """Rows by a map of columns, fuzzed itself or proposed."""
    reader = Reader(data, WORDS["layouts"])
    rubric = reader.one_of(PRESETS)
    given = reader.value()
    source = _source(reader)
    field_map = {str(k): str(v) for k, v in given.items()} if isinstance(given, dict) else None
    try:
        used = generic.checked_map(source, field_map)
        records = list(generic.read(source, used))
    except (SourceError, UsageError) as error:
        is_told(error)
        return
    rows = sum(1 for file in source.files for _ in source.rows(file))
    holds(len(records) == rows, used)
    _ingested(records, rubric)


def recognised(data: bytes) -> None:
    """Which layout a source has is asked of all of them, and none of them fails on it."""
    source = _source(Reader(data, WORDS["layouts"]))
    for load in KNOWN.values():
        load().matches(source)


def _source(reader: Reader) -> MemorySource:
    """Files of rows: a list of objects is one file, an object of lists is a file a name."""
    value = reader.value()
    if isinstance(value, dict) and all(isinstance(rows, list) for rows in value.values()):
        return MemorySource({f"{name}.jsonl": _rows(rows) for name, rows in value.items()})
    return MemorySource({"data.jsonl": _rows(value if isinstance(value, list) else [value])})


def _rows(values: Sequence[Any]) -> list[Mapping[str, Any]]:
    return [value for value in values if isinstance(value, dict)]


def _ingested(records: Sequence[SourceRecord | SourceDrop], rubric: str) -> None:
    ingest = Ingest("fuzzed", RUBRICS[rubric], NOON)
    dropped: list[DroppedRow] = []
    for record in records:
        if isinstance(record, SourceDrop):
            dropped.append(ingest.drop(record))
            continue
        words = ingest.words(record)
        found = (
            words if isinstance(words, Ingested) else ingest.record(record, words, _reading(record))
        )
        _accounts_for(record, found)
        dropped += found.dropped
        _is_kept(found)
    known_reasons(row.reason for row in dropped)
    fits_a_table(dropped, DroppedRow)


def _reading(record: SourceRecord) -> Callable[[], Sequence[Medium]]:
    return lambda: list(_media(record))


def _media(record: SourceRecord) -> Iterator[Medium]:
    for medium in media_of(record):
        if medium.path is None or not is_text(medium.path):
            raise RecordFaultError("missing_media", "a medium without a path")
        yield Medium(kind=medium.kind, path=medium.path)


def _accounts_for(record: SourceRecord, found: Ingested) -> None:
    """What a record brings is kept or dropped, and nothing of it twice."""
    lost = [row for row in found.dropped if row.level == "candidate"]
    kept = {candidate.response for candidate in found.candidates}
    holds(len(kept) == len(found.candidates))
    if found.prompt is None:
        holds(any(row.level == "prompt" for row in found.dropped))
        holds(len(lost) == len(record.responses))
        return
    there = sum(
        isinstance(response.text, str) and response.text in kept for response in record.responses
    )
    holds(there + len(lost) >= len(record.responses))
    holds(len(lost) <= len(record.responses))


def _is_kept(found: Ingested) -> None:
    """Tables and journals can hold what is kept, and every score is on its scale."""
    fits_a_table([found.prompt] if found.prompt else [], Prompt)
    fits_a_table(found.candidates, Candidate)
    fits_a_table(found.events, Event)
    ids = {candidate.candidate_id for candidate in found.candidates}
    for event in found.events:
        holds(Event.model_validate_json(journal.line_of(event)) == event, event)
        holds({answer.candidate_id for answer in event.answers} <= ids)
        holds({it for tier in event.tiers or () for it in tier} <= ids)
        _is_on_scale(event)


def _is_on_scale(event: Event) -> None:
    scales = scales_of(event.rubric_id) if event.rubric_id else {}
    if event.overall_scale:
        scales[OVERALL] = event.overall_scale
    for answer in event.answers:
        for metric, score in answer.scores.items():
            low, high = scales[metric]
            holds(low <= score <= high, (metric, score))


TARGETS: dict[str, Callable[[bytes], None]] = {
    "layouts": layouts,
    "generic": generic_rows,
    "recognised": recognised,
}
