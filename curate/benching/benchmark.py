"""A benchmark read: its pairs in the file's order, each with the prompt it belongs to.

Pairs belong to one prompt by source id and media, never by text: a question is asked of many
pictures. The same id beside another medium is another prompt. Only where a file has no ids do text
and media tell its prompts apart.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from curate.benching.row import BenchRow
from curate.benching.rows import bench_rows
from curate.sources.base import SourceInput
from curate.sources.files import open_path
from curate.sources.gathering import media_key
from curate.sources.location import HubSet, parse_location
from curate.sources.record import SourceDrop, SourceMedium
from schemas.errors import SourceError


@dataclass(frozen=True, slots=True)
class BenchPair:
    """One preference. `prompt` numbers its prompt; `asked` is a digest of words and media."""

    line: int
    file: str | None
    prompt: int
    source_id: str | None
    pair_id: str | None
    category: str | None
    chosen: str
    rejected: str
    chosen_first: bool | None
    asked: str

    @property
    def place(self) -> str:
        """Where the row stands."""
        return f"{self.file}, line {self.line}" if self.file else f"line {self.line}"


@dataclass(frozen=True, slots=True)
class Benchmark:
    """The pairs of a file. `unread` counts rows that are no pairs, by reason.

    `ids_name_rows` says that the layout gives every row an id of its own. `prompt_keys` are the
    prompts' keys by their number.
    """

    name: str
    pairs: Sequence[BenchPair]
    prompt_keys: Sequence[str]
    ids_name_rows: bool
    unread: Mapping[str, int] = field(default_factory=dict)

    @property
    def prompts(self) -> list[int]:
        """The prompt of each pair."""
        return [pair.prompt for pair in self.pairs]

    @property
    def categories(self) -> list[str]:
        """The categories by name; none where the file says of no row what it is."""
        return sorted({pair.category for pair in self.pairs if pair.category is not None})


def opened(location: str, media_root: Path | None = None) -> SourceInput:
    """The file, the folder of files or the Hub data set. Raises SourceError."""
    place = parse_location(location)
    if isinstance(place, HubSet):
        from curate.sources.hf import open_hub

        return open_hub(place, media_root)[0]
    return open_path(place.path, None, media_root)


def read_benchmark(location: str, media_root: Path | None = None) -> Benchmark:
    """The benchmark at a location. Raises SourceError where there are no pairs in it."""
    source = opened(location, media_root)
    numbers: dict[str, int] = {}
    pairs: list[BenchPair] = []
    unread: Counter[str] = Counter()
    names_rows = False
    for row in bench_rows(source):
        if isinstance(row, SourceDrop):
            unread[row.reason] += 1
            continue
        names_rows = row.names_row
        pairs.append(_pair(row, numbers.setdefault(prompt_key(row), len(numbers))))
    if not pairs:
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in sorted(unread.items()))
        raise SourceError(
            f"{location}: no pairs in it ({reasons or 'it is empty'})", "name a file that has some"
        )
    name = Path(location).name or location
    return Benchmark(name, pairs, list(numbers), names_rows, dict(sorted(unread.items())))


def prompt_key(row: BenchRow) -> str:
    """What the pairs of one prompt share, as a digest."""
    if row.prompt_id is not None:
        return row.prompt_id
    return _digest([row.source_id or _words(row), media_key(row.media)])


def asked_key(row: BenchRow) -> str:
    """What rows share that ask the same words of the same media, as a digest."""
    return _digest([_words(row), media_key(row.media)])


def _pair(row: BenchRow, number: int) -> BenchPair:
    return BenchPair(
        line=row.row.line,
        file=row.row.file,
        prompt=number,
        source_id=row.source_id,
        pair_id=row.pair_id,
        category=row.category,
        chosen=row.chosen,
        rejected=row.rejected,
        chosen_first=row.chosen_first,
        asked=asked_key(row),
    )


def _digest(parts: Sequence[object]) -> str:
    """32 hex digits; repr spells out what no encoding has, such as lone surrogates."""
    return hashlib.sha256(repr(parts).encode("utf-8")).hexdigest()[:32]


def _words(row: BenchRow) -> list[list[str]]:
    return [
        [turn.role, *("" if isinstance(part, SourceMedium) else part for part in turn.parts)]
        for turn in row.turns
    ]
