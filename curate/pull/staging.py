"""Rows of a pull as they come, written in chunks so that memory stays flat.

One Parquet file a table, in the source's order (`seq`); merging and sorting come later, in SQL.
"""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel

from annotate.journal import line_of
from curate.ingest.records import Ingested
from schemas.arrow import model_schema
from schemas.candidate import Candidate, Prompt
from schemas.event import Event
from schemas.pair import DroppedRow

CHUNK_ROWS = 10_000
CHUNK_BYTES = 32_000_000
SEQ = pa.field("seq", pa.int64(), nullable=False)
LINES = pa.schema(
    [
        pa.field("event_id", pa.string(), nullable=False),
        pa.field("line", pa.large_string(), nullable=False),
        pa.field("ratings", pa.int64(), nullable=False),
        pa.field("ranks", pa.bool_(), nullable=False),
        pa.field("fails", pa.bool_(), nullable=False),
    ]
)
"""An event as its journal line, and what it counts."""


class Staging:
    """The staged tables below a folder: prompts, candidates, events and dropped."""

    def __init__(self, folder: Path) -> None:
        self.prompts = Chunks(folder / "prompts.parquet", model_schema(Prompt))
        self.candidates = Chunks(folder / "candidates.parquet", model_schema(Candidate))
        self.events = Chunks(folder / "events.parquet", LINES)
        self.dropped = Chunks(folder / "dropped.parquet", model_schema(DroppedRow))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        for chunks in (self.prompts, self.candidates, self.events, self.dropped):
            chunks.close()

    def add(self, given: Ingested) -> None:
        """All that one record gave."""
        if given.prompt is not None:
            self.prompts.add(given.prompt.model_dump(), _text_size(given.prompt))
        for candidate in given.candidates:
            self.candidates.add(candidate.model_dump(), len(candidate.response))
        for event in given.events:
            row = line_row(event)
            self.events.add(row, len(row["line"]))
        self.drop(given.dropped)

    def drop(self, rows: Sequence[DroppedRow]) -> None:
        """Rows that left."""
        for row in rows:
            self.dropped.add(row.model_dump(), 0)


class Chunks:
    """One table's file, a row group a chunk; a chunk ends by rows or by the size of its texts."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._schema = schema.append(SEQ)
        self._writer = pq.ParquetWriter(path, self._schema, compression="lz4")
        self._rows: list[dict[str, Any]] = []
        self._size = 0
        self._seq = 0

    def add(self, row: dict[str, Any], size: int) -> None:
        """One more row; `size` is about the characters it holds."""
        self._rows.append({**row, "seq": self._seq})
        self._seq += 1
        self._size += size
        if len(self._rows) >= CHUNK_ROWS or self._size >= CHUNK_BYTES:
            self._flush()

    def close(self) -> None:
        """Write what is left and end the file."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
        self._rows, self._size = [], 0


def _text_size(row: BaseModel) -> int:
    messages = getattr(row, "messages", ())
    return sum(len(part.text or "") for message in messages for part in message.parts)


def line_row(event: Event) -> dict[str, Any]:
    """A row of LINES."""
    return {
        "event_id": event.event_id,
        "line": line_of(event).decode("utf-8"),
        "ratings": sum(len(answer.scores) for answer in event.answers),
        "ranks": event.tiers is not None,
        "fails": event.failure is not None,
    }
