"""A benchmark's questions as a source to pull: prompts and answers, and not one label."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from curate.benching.benchmark import Benchmark, asked_key
from curate.benching.home import BenchWorkspace
from curate.benching.rows import bench_rows
from curate.ingest.records import Ingest
from curate.media.reader import MediaReader
from curate.media.rules import MediumFaultError
from curate.media.store import MediaStore
from curate.pull.reading import Source
from curate.pull.records import NOT_HERE, MissingMedia, ingested
from curate.pull.stage import take_in
from curate.sources.base import SourceInput
from curate.sources.record import (
    SourceDrop,
    SourceMedium,
    SourceRecord,
    SourceResponse,
    SourceTurn,
)
from curate.sources.registry import Opened

Missing = Literal["fail", "keep", "drop"]
LAYOUT = "benchmark"


@dataclass(frozen=True, slots=True)
class Questions:
    """What was pulled: the prompt_id of each `asked`, what was left out, media that are missing."""

    prompt_ids: Mapping[str, str]
    left_out: Mapping[str, int]
    missing_media: int


def take_questions(
    home: BenchWorkspace, benchmark: Benchmark, source: SourceInput, missing: Missing, now: datetime
) -> Questions:
    """Pull the benchmark's questions into `home`; with `keep` without the media that are not there.

    Raises SourceError where a medium is not there and `missing` is `fail`.
    """
    store = MediaStore(home.media)
    mode: MissingMedia = "drop" if missing == "drop" else "fail"
    with MediaReader(store, source.root) as reader:
        stripped = _Stripped(reader) if missing == "keep" else None
        ingest = Ingest(benchmark.name, home.rubric, now)
        prompt_ids = {
            given.prompt.source_key: given.prompt.prompt_id
            for given in ingested(_records(benchmark, source, stripped), ingest, reader, mode)
            if given.prompt is not None and given.prompt.source_key is not None
        }
        opened = Opened(LAYOUT, source, _records(benchmark, source, stripped), {})
        report = take_in(home, Source(opened, benchmark.name, None, mode, None), store, now)
    return Questions(prompt_ids, dict(report.dropped), len(stripped.missing) if stripped else 0)


class _Stripped:
    """Takes from turns the media that are not there; `missing` are their paths."""

    def __init__(self, reader: MediaReader) -> None:
        self.missing: set[str] = set()
        self._reader = reader

    def turns(self, turns: Sequence[SourceTurn]) -> Sequence[SourceTurn]:
        """The turns without them."""
        return [
            replace(turn, parts=[part for part in turn.parts if self._is_there(part)])
            for turn in turns
        ]

    def _is_there(self, part: str | SourceMedium) -> bool:
        if isinstance(part, str):
            return True
        try:
            self._reader.submit(part).result()
        except MediumFaultError as fault:
            if fault.reason not in NOT_HERE:
                return True  # what is there and broken is for the rules to say
            self.missing.add(part.path or "")
            return False
        return True


def _records(
    benchmark: Benchmark, source: SourceInput, stripped: _Stripped | None
) -> Iterator[SourceRecord]:
    """One record a question, keyed by its `asked`; its answers are those of all its rows."""
    answers: dict[str, dict[str, None]] = {}
    for pair in benchmark.pairs:
        answers.setdefault(pair.asked, {}).update({pair.chosen: None, pair.rejected: None})
    for row in bench_rows(source):
        if isinstance(row, SourceDrop):
            continue
        key = asked_key(row)
        if texts := answers.pop(key, None):
            yield SourceRecord(
                line=row.row.line,
                turns=row.turns if stripped is None else stripped.turns(row.turns),
                responses=[SourceResponse(text) for text in sorted(texts)],
                key=key,
                file=row.row.file,
            )
