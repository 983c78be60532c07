"""Answers by their scores: the best of a prompt, and an answer's points on every metric."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from export.base import ExportInput, Metric
from export.buffers import Floats, Ints, Mask, floats, integers, mask_array, mask_of
from export.columns import score_columns
from export.reading import Rows
from schemas.rubric import rubric_id_of


def best(rows: pa.RecordBatch) -> pa.RecordBatch:
    """The rows that are their prompt's best answer; a prompt without a score has one too."""
    return rows.filter(mask_array(np.equal(integers(rows.column("place")), 1)))


def points_of(rows: pa.RecordBatch, rubric: Sequence[Metric]) -> dict[str, Ints]:
    """Each metric's mean as a whole number, .5 rounded up, 0 for none. Shape: (rows,)."""
    means = _means(rows, rubric)
    return {name: np.nan_to_num(_rounded(mean)).astype(np.int64) for name, mean in means.items()}


def without_points(rows: pa.RecordBatch, rubric: Sequence[Metric]) -> dict[str, Mask]:
    """Where an answer was scored by another rubric, or not on every metric of this one."""
    points = np.array(list(_means(rows, rubric).values()))
    unrated = np.any(np.isnan(points), axis=0)
    return {"other_rubric": other_rubric(rows, rubric), "unrated": unrated}


def other_rubric(rows: pa.RecordBatch, rubric: Sequence[Metric]) -> Mask:
    """Where an answer was scored by another rubric, so that its points are of another scale."""
    own = rubric_id_of({metric.name: (metric.low, metric.high) for metric in rubric})
    rubric_ids = rows.column("rubric_id")
    return mask_of(rubric_ids.is_valid()) & ~mask_of(pc.equal(rubric_ids, own))


def rounding(source: ExportInput, table: Rows) -> tuple[str, ...]:
    """A warning where answers have means that `points_of` rounds."""
    count = 0
    columns = [*table.leaves("scores"), "rubric_id", "split"]
    for split in source.splits:
        for batch in table.batches(split, columns):
            count += int(np.count_nonzero(_is_rounded(batch, source.rubric)))
    if not count:
        return ()
    return (f"means between two points were rounded, .5 up, for {count:,} of the answers",)


def _is_rounded(rows: pa.RecordBatch, rubric: Sequence[Metric]) -> Mask:
    means = np.array(list(_means(rows, rubric).values()))
    left_out = np.any(list(without_points(rows, rubric).values()), axis=0)
    found: Mask = (means != _rounded(means)).any(axis=0) & ~left_out
    return found


def _means(rows: pa.RecordBatch, rubric: Sequence[Metric]) -> dict[str, Floats]:
    """Each metric's mean, NaN where there is none. Shape: (rows,)."""
    names = [metric.name for metric in rubric]
    scores = score_columns(rows.column("scores"), names)
    return {name: floats(scores.field(name)) for name in names}


def _rounded(means: Floats) -> Floats:
    whole: Floats = np.floor(means + 0.5)
    return whole
