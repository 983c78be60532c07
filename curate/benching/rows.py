"""The rows of a benchmark's file as it was released: each one preference between two answers.

Nothing is dropped that the benchmark counts: contradictory and repeated rows come through. Only
what is no preference at all comes as a drop with its reason.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from curate.benching.row import BenchRow
from curate.benching.row_layouts import SIDES, of_ranks, of_sides
from curate.benching.row_of_build import COLUMNS, of_build
from curate.sources import vl_rewardbench
from curate.sources.base import SourceInput
from curate.sources.heads import most_rows
from curate.sources.record import Row, SourceDrop
from curate.sources.shaping import BadRowError
from schemas.errors import SourceError


def bench_rows(source: SourceInput) -> Iterator[BenchRow | SourceDrop]:
    """Every row of every file in order. Raises SourceError where no layout fits."""
    shape = _shape(source)
    for file in source.files:
        for row in source.rows(file):
            yield row if isinstance(row, SourceDrop) else _shaped(row, shape)


def _shape(source: SourceInput) -> Callable[[Row], BenchRow]:
    if vl_rewardbench.matches(source):
        return of_ranks
    if most_rows(source, lambda head: head.keys() >= COLUMNS and _has_sides(head)):
        return of_build
    if most_rows(source, _has_sides):
        return lambda row: of_sides(row, source.root)
    raise SourceError(
        f"{source.root}: no pairs in it",
        "a benchmark has the columns chosen and rejected, or query, response and human_ranking",
    )


def _has_sides(head: Mapping[str, Any]) -> bool:
    return all(isinstance(head.get(side), (str, list, tuple)) for side in SIDES)


def _shaped(row: Row, shape: Callable[[Row], BenchRow]) -> BenchRow | SourceDrop:
    try:
        return shape(row)
    except BadRowError as error:
        return SourceDrop(row.line, error.reason, error.detail, row.file)
