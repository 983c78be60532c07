"""Arrow schemas of every table, made from the models, and rows to and from Arrow.

Not imported at start-up: pyarrow is loaded by the stage that needs a table.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

import pyarrow as pa
from pydantic import AwareDatetime, BaseModel

from schemas.candidate import Candidate, Prompt
from schemas.event import Event
from schemas.pair import (
    DroppedRow,
    FailureRow,
    PreferencePair,
    Ranking,
    Rating,
    ScoreRow,
    SplitRow,
    Tie,
)
from schemas.route import Route
from schemas.select import Selected

Row = TypeVar("Row", bound=BaseModel)

TABLES: Mapping[str, type[BaseModel]] = {
    "prompts": Prompt,
    "candidates": Candidate,
    "selected": Selected,
    "routes": Route,
    "events": Event,
    "ratings": Rating,
    "rankings": Ranking,
    "failures": FailureRow,
    "scores": ScoreRow,
    "splits": SplitRow,
    "pairs": PreferencePair,
    "ties": Tie,
    "dropped": DroppedRow,
}

SCALARS: Mapping[Any, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    Decimal: pa.decimal128(18, 6),
    AwareDatetime: pa.timestamp("us", tz="UTC"),
}


def table_schema(name: str) -> pa.Schema:
    """The Arrow schema of a table of DESIGN 4, by its name."""
    return model_schema(TABLES[name])


def model_schema(model: type[BaseModel]) -> pa.Schema:
    """The Arrow schema whose columns are the model's fields, in their order."""
    return pa.schema(_fields(model))


def to_table(rows: Iterable[BaseModel], model: type[BaseModel]) -> pa.Table:
    """Rows as one Arrow table. Shape: (number of rows, fields of the model)."""
    schema = model_schema(model)
    return pa.Table.from_pylist([row.model_dump() for row in rows], schema=schema)


def from_batches(batches: Iterable[pa.RecordBatch], model: type[Row]) -> Iterator[Row]:
    """The rows of Arrow batches as models, one batch in memory at a time."""
    for batch in batches:
        for row in batch.to_pylist(maps_as_pydicts="strict"):
            yield model.model_validate(row)


def _fields(model: type[BaseModel]) -> list[pa.Field]:
    fields = []
    for name, info in model.model_fields.items():
        kind, nullable = arrow_type(info.annotation)
        fields.append(pa.field(name, kind, nullable=nullable))
    return fields


def arrow_type(annotation: Any) -> tuple[pa.DataType, bool]:
    """The Arrow type of a field's annotation, and whether it may be null."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return arrow_type(args[0])
    if origin in (Union, UnionType):
        inner = next(arg for arg in args if arg is not NoneType)
        return arrow_type(inner)[0], True
    if origin is Literal:
        return pa.string(), False
    if origin is tuple:
        return pa.list_(arrow_type(args[0])[0]), False
    if origin is dict:
        return pa.map_(pa.string(), arrow_type(args[1])[0]), False
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return pa.struct(_fields(annotation)), False
    return SCALARS[annotation], False
