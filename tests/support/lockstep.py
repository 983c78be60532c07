"""An engine that is two: what a build asks of it DuckDB and Spark do, and every table is equal."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from curate.engines.base import BATCH_ROWS
from curate.engines.duckdb import DuckDBEngine
from curate.engines.spark.engine import SparkEngine
from curate.kernels.base import Kernel
from curate.sqlfiles import statement, used


class Lockstep:
    """Both engines, step by step. A table that differs is an AssertionError with its first rows.

    `checked` counts the rows that were compared, by table.
    """

    name = "lockstep"

    def __init__(self, duck: DuckDBEngine, spark: SparkEngine) -> None:
        self.duck, self.spark = duck, spark
        self.values = duck.values
        spark.values = duck.values
        self.faults = (*duck.faults, *spark.faults)
        self.checked: Counter[str] = Counter()

    def why(self, fault: Exception) -> str:
        return self.duck.why(fault)

    def read(self, name: str, files: Sequence[Path], schema: pa.Schema) -> None:
        self.duck.read(name, files, schema)
        self.spark.read(name, files, schema)
        self.check(name)

    def read_pulls(self, name: str, files: Sequence[Path], schema: pa.Schema) -> None:
        self.duck.read_pulls(name, files, schema)
        self.spark.read_pulls(name, files, schema)
        self.check(name)

    def read_numbered(self, name: str, files: Sequence[Path], schema: pa.Schema) -> None:
        self.duck.read_numbered(name, files, schema)
        self.spark.read_numbered(name, files, schema)
        self.check(name)

    def define(self, name: str, select: str) -> None:
        self.duck.define(name, select)
        self.spark.define(name, select)

    def put(self, name: str, table: pa.Table) -> None:
        self.duck.put(name, table)
        self.spark.put(name, table)

    def run(self, name: str, table: str | None = None) -> None:
        self.duck.run(name, table)
        self.spark.run(name, table)
        self.check(table or name.rpartition("/")[2])

    def run_from(self, name: str, *drivers: str) -> None:
        self.duck.run_from(name, *drivers)
        self.spark.run_from(name, *drivers)
        self.check(name.rpartition("/")[2])

    def append(self, name: str) -> None:
        self.duck.append(name)
        self.spark.append(name)
        self.check(name.rpartition("/")[2])

    def view(self, name: str) -> None:
        self.duck.view(name)
        self.spark.view(name)
        self.check(name.rpartition("/")[2])

    def rename(self, table: str, new: str) -> None:
        self.duck.rename(table, new)
        self.spark.rename(table, new)

    def drop(self, *tables: str) -> None:
        self.duck.drop(*tables)
        self.spark.drop(*tables)

    def rows(self, name: str) -> list[tuple[Any, ...]]:
        one, other = self.duck.rows(name), self.spark.rows(name)
        self._same(name, *(in_order(name, canonical(rows)) for rows in (one, other)))
        return one

    def table(self, name: str) -> pa.Table:
        one, other = self.duck.table(name), self.spark.table(name)
        self._same(name, *(in_order(name, rows_of(rows)) for rows in (one, other)))
        return one

    def count(self, table: str) -> int:
        one, other = self.duck.count(table), self.spark.count(table)
        assert one == other, table
        return one

    def batches(self, name: str, rows: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
        both = zip(self.duck.batches(name, rows), self.spark.batches(name, rows), strict=True)
        for one, other in both:
            self._same(name, rows_of(one), rows_of(other))
            yield one

    def map(
        self,
        name: str,
        kernel: Kernel,
        table: str,
        rows: int = BATCH_ROWS,
        advance: Callable[[int], None] = lambda _done: None,
    ) -> None:
        self.duck.map(name, kernel, table, rows, advance)
        self.spark.map(name, kernel, table, rows)
        self.check(table)

    def write(self, name: str, path: Path, schema: pa.Schema, rows: int = BATCH_ROWS) -> int:
        other = path.with_suffix(".spark")
        counts = [
            self.duck.write(name, path, schema, rows),
            self.spark.write(name, other, schema, rows),
        ]
        found = [in_order(name, rows_of(pq.read_table(file))) for file in (path, other)]
        self._same(name, *found)
        assert counts == [len(rows) for rows in found], name
        return counts[0]

    def compare(self, query: str) -> list[Any]:
        """The rows of a query, which both engines give, whatever their order."""
        one = self.duck.connection.sql(query, params=used(query, self.values) or None)
        other = self.spark._selected(query).toArrow()
        found = [sorted(rows_of(rows), key=str) for rows in (one.to_arrow_table(), other)]
        self._same(query, *found)
        return found[0]

    def check(self, table: str) -> None:
        """Both engines have these rows, whatever their order."""
        one = self.duck.connection.sql(f"select * from {table}").to_arrow_table()
        self.spark._ensure(table)
        other = self.spark.session.table(table).toArrow()
        assert sorted(one.column_names) == sorted(other.column_names), table
        found, wanted = Counter(rows_of(other.select(one.column_names))), Counter(rows_of(one))
        missing, more = wanted - found, found - wanted
        assert missing == more, (
            f"{table}: {missing.total()} of {wanted.total()} rows missing, {more.total()} more; "
            f"e.g. {sorted(missing, key=str)[:2]}, not {sorted(more, key=str)[:2]}"
        )
        self.checked[table] += wanted.total()

    def _same(self, name: str, one: list[Any], other: list[Any]) -> None:
        differing = [both for both in zip(one, other, strict=False) if both[0] != both[1]]
        assert one == other, f"{name}: {differing[:2]}"
        self.checked[name] += len(one)


def in_order(name: str, rows: Any) -> list[Any]:
    """The rows as a statement orders them; sorted here where it does not."""
    ordered = "order by" in statement(name).rpartition("\nfrom ")[2]
    return list(rows) if ordered else sorted(rows, key=str)


def rows_of(table: pa.Table | pa.RecordBatch) -> list[Any]:
    """The rows, in a form that is equal where the values are."""
    columns = [column.to_pylist() for column in table.columns]
    return [canonical(row) for row in zip(*columns, strict=True)]


def canonical(value: Any) -> Any:
    """Lists and structs as tuples, numbers by their value."""
    if isinstance(value, dict):
        return tuple(sorted((key, canonical(one)) for key, one in value.items()))
    if isinstance(value, list | tuple):
        return tuple(canonical(one) for one in value)
    return value.normalize() if isinstance(value, Decimal) else value
