"""Pairs and ties to Parquet: a row comes in several streams, each in the order of the table.

Prompts, answers, scores, reasons and provenance are the most of a row. Each goes through one sort
of its own to the table, so that no join, no table of the engine and no batch in Python holds a
whole row. One stream is sorted at a time and kept aside: two sorts at once are twice the memory.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from curate.engines.base import BATCH_ROWS, Engine
from curate.engines.batches import kept_aside
from curate.writing.score_maps import ScoreMaps
from export.buffers import int64
from schemas.arrow import table_schema
from schemas.errors import BuildError

ROWS = ("pairs", "pair_prompts", "pair_rationales", "pair_provenance")
"""Statements of curate/sql/write with a row for each of the table's, in its order."""

TEXTS = "pair_texts"
"""The one with two rows for each, its chosen and then its rejected answer."""

REPEATING = ["split", "level", "source", "licence", "policy"]
"""Columns of few distinct values: the only ones that a dictionary makes smaller."""


def write_comparisons(engine: Engine, target: str, path: Path) -> int:
    """Write `pairs` or `ties`, whose order is in `pair_order`, and return how many rows it has.

    Raises BuildError where the streams do not stand side by side, which would be a fault of ours.
    """
    engine.values["target"] = target
    engine.view("write/pair_sides")
    schema = table_schema(target)
    count = 0
    with (
        TemporaryDirectory(prefix=".", dir=path.parent) as folder,
        pq.ParquetWriter(path, schema, compression="zstd", use_dictionary=REPEATING) as writer,
    ):
        try:
            for batch in _whole_rows(engine, Path(folder)):
                writer.write_batch(batch.select(schema.names).cast(schema))
                count += batch.num_rows
        except ValueError as error:
            raise BuildError(f"{target}: {error}", "report this") from error
    return count


def _whole_rows(engine: Engine, folder: Path) -> Iterator[pa.RecordBatch]:
    sizes = dict.fromkeys(ROWS, BATCH_ROWS) | {TEXTS: 2 * BATCH_ROWS}
    streams = [
        kept_aside(engine.batches(f"write/{name}", rows), folder / name)
        for name, rows in sizes.items()
    ]
    scores = ScoreMaps(engine)
    for *rows, texts in zip(*streams, strict=True):
        columns = _side_by_side(rows, texts) | scores.of(rows[0]["place"])
        yield pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))
    scores.expect_none_left()


def _side_by_side(rows: Sequence[pa.RecordBatch], texts: pa.RecordBatch) -> dict[str, pa.Array]:
    """The columns of them all. Raises ValueError where they are not of the same places."""
    chosen, rejected = (texts.take(every_second(texts, first)) for first in (0, 1))
    if any(part["place"] != rows[0]["place"] for part in (*rows, chosen, rejected)):
        raise ValueError("what makes up a row does not stand side by side")
    columns = {name: part[name] for part in rows for name in part.schema.names}
    for side, answers in (("chosen", chosen), ("rejected", rejected)):
        columns |= {side: answers["response"], f"{side}_models": answers["models"]}
    return columns


def every_second(texts: pa.RecordBatch, first: int) -> pa.Array:
    """The places of a batch's rows from `first` on, each second one."""
    return int64(np.arange(first, texts.num_rows, 2))
