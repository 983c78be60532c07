"""The pure rules of annotate/routing.py over whole tables: the draw, then a decision a prompt."""

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from annotate.overlap import draw_of, threshold
from annotate.routing import Case, Choice, Routing, can_be_drawn, choose
from curate.engines.duckdb import DuckDBEngine
from curate.kernels.base import Kernel
from schemas.config_routing import RouteSection
from schemas.errors import ConfigError

DECISIONS = pa.schema(
    [
        ("prompt_id", pa.string()),
        ("to", pa.string()),
        ("raters", pa.int64()),
        ("rule", pa.string()),
        ("overlap", pa.bool_()),
        ("threshold", pa.int64()),
    ]
)
CASES = "route/cases"


def refuse_another_seed(engine: DuckDBEngine, seed: int) -> None:
    """Raise ConfigError where the overlap in routes.parquet was drawn with another seed.

    A prompt drawn once stays drawn, and two seeds together have no probability that one could name.
    """
    for batch in engine.batches("route/drawn_before"):
        for prompt_id, reach in _rows(batch):
            if draw_of(prompt_id, seed) >= reach:
                raise ConfigError(
                    f"[route] seed = {seed}: the overlap in routes.parquet was drawn with another",
                    "set it back; or remove routes.parquet, which forgets what people were shown",
                )


def drawn_below(engine: DuckDBEngine, routing: Routing, section: RouteSection) -> int:
    """The threshold of this routing's overlap."""
    return threshold(_numbers(engine, routing), section.overlap_share, section.overlap_min)


def decide(
    engine: DuckDBEngine, routing: Routing, reach: int, picked: frozenset[str] = frozenset()
) -> None:
    """Fill the table `decisions`, one row a prompt."""

    def apply(batch: pa.RecordBatch) -> pa.RecordBatch:
        cases = _cases(batch)
        return _batch(
            choose(case, routing, reach, picked=case.prompt_id in picked) for case in cases
        )

    engine.map(CASES, Kernel(DECISIONS, apply), "decisions")


def _numbers(engine: DuckDBEngine, routing: Routing) -> Iterator[tuple[int, int]]:
    for batch in engine.batches(CASES):
        for case in _cases(batch):
            if can_be_drawn(case, routing):
                yield draw_of(case.prompt_id, routing.seed), case.before


def _cases(batch: pa.RecordBatch) -> Iterator[Case]:
    return map(Case._make, _rows(batch.select(Case._fields)))


def _rows(batch: pa.RecordBatch) -> Iterator[tuple[Any, ...]]:
    return zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _batch(choices: Iterable[Choice]) -> pa.RecordBatch:
    columns = list(zip(*choices, strict=True)) or [()] * len(DECISIONS)
    arrays = [
        pa.array(column, field.type) for column, field in zip(columns, DECISIONS, strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=DECISIONS)
