"""All scores to Parquet: sorted as numbers, with ids and names put beside them afterwards.

A score is a few bytes and what names it a hundred: sorted with their names, scores take five times
as long and spill gigabytes.
"""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa

from curate.engines.base import NARROW_ROWS, Engine
from curate.engines.batches import Ordered, kept_aside, of_equal_size, written
from export.buffers import Ints, int64, integers
from schemas.arrow import table_schema
from schemas.errors import BuildError

SCORES = table_schema("scores")
NUMBERED = pa.schema(
    [
        ("candidate_no", pa.int32()),
        ("scale_no", pa.int32()),
        *(SCORES.field(name) for name in ("level", "value", "n_raters", "spread")),
    ]
)


def write_scores(engine: Engine, path: Path) -> int:
    """Write `scores`, by candidate and metric, and return how many rows it has.

    Raises BuildError where a score is of nobody's answer, which would be a fault of ours.
    """
    with TemporaryDirectory(prefix=".", dir=path.parent) as folder:
        answers = kept_aside(engine.batches("write/numbered_answers"), Path(folder) / "answers")
        try:
            rows = of_equal_size(_named(engine, answers), NARROW_ROWS)
            return written(rows, path, SCORES)
        except ValueError as error:
            raise BuildError(f"scores: {error}", "report this") from error


def _named(engine: Engine, answers: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    table = engine.table("write/scales")
    scales = {name: table[name].combine_chunks() for name in table.column_names}
    scores = Ordered(engine.batches("write/scores", NARROW_ROWS), NUMBERED, "candidate_no")
    for batch in answers:
        found = scores.up_to(batch["candidate_no"][-1].as_py())
        of_answer = _places(found["candidate_no"], integers(batch["candidate_no"]))
        of_scale = _places(found["scale_no"], integers(scales["scale_no"]))
        columns = {name: batch[name].take(of_answer) for name in ("prompt_id", "candidate_id")}
        columns |= {name: scales[name].take(of_scale) for name in ("rubric_id", "metric")}
        columns |= {name: found[name] for name in SCORES.names if name not in columns}
        yield pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))
    if not scores.is_empty():
        raise ValueError("there are scores of answers that are not there")


def _places(wanted: pa.Array, numbers: Ints) -> pa.Array:
    """Where each number stands among sorted ones. Raises ValueError where one is missing."""
    values = integers(wanted)
    places = np.searchsorted(numbers, values)
    if len(places) and (places.max() >= len(numbers) or (numbers[places] != values).any()):
        raise ValueError("scores are of answers or scales that are not there")
    return int64(places)
