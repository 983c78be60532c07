"""Pairs and ties to Parquet: a row comes in three streams, each in the order of the table.

Prompts and answers are the most of a row. They go from the pulls' files through one sort to the
table, so that no join, no table of the engine and no batch in Python holds them all. One stream is
sorted at a time and kept aside: two sorts of texts at once are twice the memory.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from curate.engines.base import BATCH_ROWS, Engine
from curate.engines.batches import kept_aside
from export.buffers import int64
from schemas.arrow import table_schema
from schemas.errors import BuildError

STREAMS = (
    ("write/pairs", BATCH_ROWS),
    ("write/pair_texts", 2 * BATCH_ROWS),
    ("write/pair_prompts", BATCH_ROWS),
)
"""What a row is made of, and how many rows come at once."""

REPEATING = ["split", "level", "source", "licence", "policy"]
"""Columns of few distinct values: the only ones that a dictionary makes smaller."""


def write_comparisons(engine: Engine, target: str, path: Path) -> int:
    """Write `pairs` or `ties`, whose order is in `pair_order`, and return how many rows it has.

    Raises BuildError where the streams do not stand side by side, which would be a fault of ours.
    """
    engine.values["target"] = target
    schema = table_schema(target)
    count = 0
    with (
        TemporaryDirectory(prefix=".", dir=path.parent) as folder,
        pq.ParquetWriter(path, schema, compression="zstd", use_dictionary=REPEATING) as writer,
    ):
        streams = [
            kept_aside(engine.batches(name, rows), Path(folder) / name.rpartition("/")[2])
            for name, rows in STREAMS
        ]
        try:
            for parts in zip(*streams, strict=True):
                writer.write_batch(_side_by_side(*parts).select(schema.names).cast(schema))
                count += parts[0].num_rows
        except ValueError as error:
            raise BuildError(f"{target}: {error}", "report this") from error
    return count


def _side_by_side(
    rows: pa.RecordBatch, texts: pa.RecordBatch, prompts: pa.RecordBatch
) -> pa.RecordBatch:
    """One batch of the three; `texts` has two rows for each of the others'. Raises ValueError."""
    chosen, rejected = (texts.take(every_second(texts, first)) for first in (0, 1))
    if any(part["place"] != rows["place"] for part in (chosen, rejected, prompts)):
        raise ValueError("rows, answers and prompts do not stand side by side")
    columns = {name: rows[name] for name in rows.schema.names}
    columns |= {name: prompts[name] for name in prompts.schema.names}
    for side, answers in (("chosen", chosen), ("rejected", rejected)):
        columns |= {side: answers["response"], f"{side}_models": answers["models"]}
    return pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))


def every_second(texts: pa.RecordBatch, first: int) -> pa.Array:
    """The places of a batch's rows from `first` on, each second one."""
    return int64(np.arange(first, texts.num_rows, 2))
