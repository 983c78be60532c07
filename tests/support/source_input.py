"""A source in memory, so that rows may hold any value and no file is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from curate.sources.base import Layout
from curate.sources.record import Row, SourceDrop, SourceMedium, SourceRecord, SourceTurn

Values = Mapping[str, Any]


@dataclass
class MemorySource:
    """Files as lists of values; a drop among them is handed on. `reads` counts passes by file."""

    contents: Mapping[str, Sequence[Values | SourceDrop]]
    root: Path = Path("/nowhere")
    reads: dict[str, int] = field(default_factory=dict)

    @property
    def files(self) -> Sequence[str]:
        return sorted(self.contents)

    def rows(self, file: str) -> Iterator[Row | SourceDrop]:
        self.reads[file] = self.reads.get(file, 0) + 1
        for line, values in enumerate(self.contents[file], start=1):
            yield values if isinstance(values, SourceDrop) else Row(line, values, file)

    def head(self, file: str, count: int = 20) -> Sequence[Values]:
        return [row for row in self.contents[file] if not isinstance(row, SourceDrop)][:count]


def in_memory(*rows: Values | SourceDrop) -> MemorySource:
    """The rows as a source of one file."""
    return MemorySource({"data.jsonl": rows})


def read_rows(layout: Layout, *rows: Values | SourceDrop) -> list[SourceRecord | SourceDrop]:
    """Everything a layout makes of the rows."""
    return list(layout.read(in_memory(*rows)))


def record_of(layout: Layout, *rows: Values) -> SourceRecord:
    """The one record that a layout makes of the rows."""
    [item] = read_rows(layout, *rows)
    assert isinstance(item, SourceRecord), item
    return item


def reason_of(layout: Layout, row: Values) -> str:
    """The reason for which a layout drops a row."""
    [item] = read_rows(layout, row)
    assert isinstance(item, SourceDrop), item
    return item.reason


def texts_of(record: SourceRecord) -> list[Any]:
    """The answers' texts, in order."""
    return [response.text for response in record.responses]


def scores_of(record: SourceRecord) -> list[dict[str, Any]]:
    """The scores of each answer's first rating, empty where it has none."""
    return [dict(one.ratings[0].scores) if one.ratings else {} for one in record.responses]


def media_in(turns: Sequence[SourceTurn]) -> list[SourceMedium]:
    """The media of all turns, in order."""
    return [part for turn in turns for part in turn.parts if isinstance(part, SourceMedium)]
