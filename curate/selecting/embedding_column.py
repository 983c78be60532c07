"""Embeddings that came with the source: a list of numbers in an attribute's text."""

import json
from typing import Any

import pyarrow as pa

from curate.engines.duckdb import DuckDBEngine
from curate.kernels.base import Kernel
from curate.selecting.vectors import PARTS

LARGEST = 3.4e38
"""What a float32 can hold."""


def read_column(engine: DuckDBEngine, name: str) -> None:
    """Fill `vector_parts` from the prompts' attribute of that name."""
    engine.values["attribute"] = name
    engine.map("select/column_rows", Kernel(PARTS, _read), "vector_parts")


def _read(batch: pa.RecordBatch) -> pa.RecordBatch:
    lists = [_numbers(text) for text in batch["text"].to_pylist()]
    faults = ["not_numbers" if numbers is None else None for numbers in lists]
    columns = [
        batch["place"].cast(pa.int32()),
        pa.array([""] * len(lists), pa.string()),
        pa.array(lists, PARTS.field("embedding").type),
        pa.array(faults, pa.string()),
    ]
    return pa.record_batch(columns, schema=PARTS)


def _numbers(text: str) -> list[float] | None:
    """The list of numbers that a text is, None where it is anything else."""
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, list) or not all(map(_is_number, value)):
        return None
    return [_narrow(number) for number in value]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _narrow(number: float) -> float:
    """The number where a float32 holds it, else infinity, which is counted as not finite."""
    return float(number) if -LARGEST <= number <= LARGEST else float("inf")
