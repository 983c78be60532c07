"""The tables that formats read, batch by batch: nothing here holds one."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pydantic import BaseModel

from export.base import ExportInput
from export.buffers import strings
from schemas.arrow import model_schema, table_schema
from schemas.errors import ExportError
from schemas.exported import AnswerRow, ReferenceRow, VoteRow

BATCH_BYTES = 8 << 20
BATCH_ROWS = 1024
PAGE_BUFFER = 1 << 20
ADDED: Mapping[str, Decimal] = {"length_weight": Decimal(1)}
"""Columns that builds by an earlier version lack, and what they hold there for every pair."""


class Rows(Protocol):
    """Rows that have a `split`, in batches."""

    def batches(
        self, split: str | None = None, columns: Sequence[str] | None = None
    ) -> Iterator[pa.RecordBatch]:
        """Batches of one split or of all, of all columns or of these leaves; none is empty."""

    def leaves(self, column: str, without: Sequence[str] = ()) -> list[str]:
        """The paths of a column's leaves, without those of these last names."""


class RowsFile:
    """A Parquet file of rows of this schema that have a `split`, checked when it is opened.

    Columns in `added` may be missing, as builds by an earlier version lack them, and hold that
    value then. Raises ExportError where the file is not one.
    """

    def __init__(
        self, path: Path, schema: pa.Schema, added: Mapping[str, Decimal] | None = None
    ) -> None:
        self.path = path
        self._schema, self._added = schema, added or {}
        try:
            # Buffered, not pre-fetched: a row group of a build is larger than all of the export.
            self._file = pq.ParquetFile(path, buffer_size=PAGE_BUFFER, pre_buffer=False)
        except (OSError, pa.ArrowException) as error:
            raise _unreadable(path, error) from error
        self._check_columns()

    def batches(
        self, split: str | None = None, columns: Sequence[str] | None = None
    ) -> Iterator[pa.RecordBatch]:
        """Batches in the file's order, of one split or of all, of all columns or of these leaves.

        The rows of a batch follow from the file alone. Empty batches are left out.
        """
        groups = [n for n in range(self._file.num_row_groups) if self._may_hold(n, split)]
        try:
            for batch in self._file.iter_batches(
                batch_size=self._batch_rows(), row_groups=groups, columns=columns, use_threads=False
            ):
                kept = batch if split is None else _of_split(batch, split)
                if kept.num_rows:
                    yield kept if columns is not None else self._with_added(kept)
        except (OSError, pa.ArrowException) as error:
            raise _unreadable(self.path, error) from error

    def leaves(self, column: str, without: Sequence[str] = ()) -> list[str]:
        """The paths of a column's leaves, without those of these last names."""
        schema = self._file.schema
        paths = [schema.column(n).path for n in range(len(schema.names))]
        return [
            path
            for path in paths
            if path.split(".")[0] == column and path.rsplit(".", 1)[-1] not in without
        ]

    def _batch_rows(self) -> int:
        about = self._file.metadata
        size = sum(about.row_group(n).total_byte_size for n in range(about.num_row_groups))
        fitting: int = BATCH_BYTES * about.num_rows // max(1, size)
        return max(1, min(BATCH_ROWS, fitting))

    def _may_hold(self, group: int, split: str | None) -> bool:
        """False where the row group's own statistics rule the split out."""
        if split is None:
            return True
        about = self._file.metadata.row_group(group)
        at = [about.column(n).path_in_schema for n in range(about.num_columns)].index("split")
        bounds = about.column(at).statistics
        return bounds is None or not bounds.has_min_max or bounds.min <= split <= bounds.max

    def _check_columns(self) -> None:
        here = self._file.schema_arrow
        for field in self._schema:
            index = here.get_field_index(field.name)
            if index < 0 and field.name in self._added:
                continue
            if index < 0 or not _alike(here.field(index).type, field.type):
                what = "is missing" if index < 0 else f"is {here.field(index).type}"
                raise ExportError(
                    f"{self.path}: column {field.name!r} {what}, not {field.type}",
                    "build it anew with: curate build --force",
                )

    def _with_added(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        for name in self._added.keys() - set(batch.schema.names):
            field = self._schema.field(name)
            values = pa.array([self._added[name]] * batch.num_rows, field.type)
            batch = batch.append_column(field, values)
        return batch


class PairsFile(RowsFile):
    """A build's pairs.parquet."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, table_schema("pairs"), ADDED)


def answers_file(source: ExportInput) -> RowsFile:
    """The rows of `answers` that a format of single answers reads."""
    return _given(source.answers, AnswerRow)


def references_file(source: ExportInput) -> RowsFile:
    """The rows of `references`."""
    return _given(source.references, ReferenceRow)


def votes_file(source: ExportInput) -> RowsFile:
    """The rows of `votes`."""
    return _given(source.votes, VoteRow)


def _given(path: Path | None, model: type[BaseModel]) -> RowsFile:
    if path is None:
        raise ExportError(f"no rows of {model.__name__} were given", "name them in Format.reads")
    return RowsFile(path, model_schema(model))


def _unreadable(path: Path, error: Exception) -> ExportError:
    detail = str(error).splitlines()[0]
    return ExportError(f"{path} cannot be read ({detail})", "make it with: curate build --force")


def _of_split(batch: pa.RecordBatch, split: str) -> pa.RecordBatch:
    return batch.filter(pc.is_in(batch.column("split"), value_set=strings([split])))


def _alike(here: pa.DataType, there: pa.DataType) -> bool:
    """Whether two types hold the same things: names of list items and nullability aside."""
    if pa.types.is_map(there):
        return pa.types.is_map(here) and _alike(here.item_type, there.item_type)
    if pa.types.is_list(there):
        return pa.types.is_list(here) and _alike(here.value_type, there.value_type)
    if pa.types.is_struct(there):
        return pa.types.is_struct(here) and _same_fields(here, there)
    if pa.types.is_integer(there):
        return bool(pa.types.is_integer(here))
    return bool(here == there)


def _same_fields(here: pa.StructType, there: pa.StructType) -> bool:
    names = [field.name for field in there]
    return [field.name for field in here] == names and all(
        _alike(here.field(name).type, there.field(name).type) for name in names
    )
