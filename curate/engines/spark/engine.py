"""A build's tables on Spark: every result is Parquet in a folder that all executors see.

So nothing is computed twice, and an executor that is lost takes no row with it: what it did is done
again from files. Views are looked up when they are read, as in DuckDB.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate, count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from curate.engines.base import BATCH_ROWS
from curate.engines.batches import of_equal_size, written
from curate.engines.places import expect_parquet, starts_of
from curate.engines.spark.dialect import Numbered, numbered, spark_sql, tables_of
from curate.engines.spark.faults import first_line
from curate.engines.spark.kernels import mapped
from curate.engines.spark.storage import Folder
from curate.kernels.base import Kernel
from curate.sqlfiles import PARAMETER, literal, statement, used

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Seen = Callable[[Path], str]
"""The URI under which executors see a file of this machine."""

FILE, START, ROW = "_file", "_start", "_metadata.row_index"
"""Columns by which rows are numbered."""


@dataclass(frozen=True, slots=True)
class View:
    """A statement that is run where it is read."""

    text: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows in files, and the parts of the folder that hold them, none where others do."""

    frame: "DataFrame"
    parts: tuple[str, ...] = ()


class SparkEngine:
    """One build's tables below `folder`, computed by `session`.

    `seen` says under which URI executors see a file of this machine, `scratch` is a folder of it.
    """

    name = "spark"

    def __init__(
        self,
        session: "SparkSession",
        folder: Folder,
        scratch: Path,
        values: Mapping[str, Any],
        seen: Seen,
    ) -> None:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        self.session = session
        self.folder = folder
        self.scratch = scratch
        self.values = dict(values)
        self.faults: tuple[type[Exception], ...] = (PySparkException, Py4JError)
        self._seen = seen
        self._known: dict[str, View | Kept] = {}
        self._numbers = count()

    def close(self) -> None:
        """Let go of every table."""
        self.folder.remove()

    def why(self, fault: Exception) -> str:
        """What an error says, without what went on inside Spark."""
        return first_line(fault)

    def read(self, name: str, files: Sequence[Path], schema: pa.Schema) -> None:
        """The rows of Parquet files, as a table; no files have no rows."""
        expect_parquet(files)
        self.given(name, self.frame([self._seen(path) for path in files], schema))

    def read_pulls(self, name: str, files: Sequence[Path], schema: pa.Schema) -> None:
        """As `read`, with the name of a file's folder as `pull`."""
        from pyspark.sql.functions import lit

        expect_parquet(files)
        frames = [
            self.frame([self._seen(path)], schema).withColumn("pull", lit(path.parent.name))
            for path in files
        ]
        self.given(name, self._union(frames, schema.append(pa.field("pull", pa.string()))))

    def read_numbered(self, name: str, files: Sequence[Path], schema: pa.Schema) -> None:
        """As `read`, with `event_no`: the place of a row in the files one after the other."""
        from pyspark.sql.functions import col, lit

        row = col("_metadata.row_index")
        frames = [
            self.frame([self._seen(path)], schema).select(
                "*", (row + lit(start)).cast("int").alias("event_no")
            )
            for path, start in zip(files, starts_of(files), strict=True)
        ]
        self.given(name, self._union(frames, schema.append(pa.field("event_no", pa.int32()))))

    def _union(self, frames: "Sequence[DataFrame]", schema: pa.Schema) -> "DataFrame":
        if not frames:
            return self.frame([], schema)
        return reduce(lambda one, other: one.unionByName(other), frames)

    def frame(self, uris: Sequence[str], schema: pa.Schema) -> "DataFrame":
        """The rows of Parquet files by their URIs; a column that a file lacks is null."""
        from pyspark.sql.pandas.types import from_arrow_schema

        columns = from_arrow_schema(schema)
        if not uris:
            return self.session.createDataFrame([], columns)
        return self.session.read.schema(columns).parquet(*uris)

    def define(self, name: str, select: str) -> None:
        """A view over tables and views, looked up when it is read."""
        self._known[name] = View(select)

    def given(self, name: str, frame: "DataFrame") -> None:
        """Rows that lie elsewhere, as a table."""
        self._show(name, Kept(frame))

    def put(self, name: str, table: pa.Table) -> None:
        """A small table of values, made in Python."""
        self.given(name, self.session.createDataFrame(table))

    def run(self, name: str, table: str | None = None) -> None:
        """Run statement `name` and keep its rows as a table, by default of its last name."""
        target, numbers = table or _last(name), numbered(statement(name))
        if numbers is None:
            self._keep(target, self._frame(name))
        else:
            part = self._written(self._selected(numbers.text))
            self.drop(target)
            self._show(target, Kept(self._counted(part, numbers), (part,)))

    def run_from(self, name: str, *drivers: str) -> None:
        """Run statement `name`, whose rows all come from rows of the tables `drivers`."""
        frame = self._frame(name)
        if not any(self.count(table) for table in drivers):
            frame = frame.limit(0)
        self._keep(_last(name), frame)

    def append(self, name: str) -> None:
        """Run statement `name` and add its rows to the table of its last name."""
        known = self._known[_last(name)]
        if not isinstance(known, Kept):
            raise TypeError(f"{_last(name)} is a view")
        frame = self._frame(name)
        columns = (frame[field.name].cast(field.dataType) for field in known.frame.schema)
        part = self._written(frame.select(*columns))
        both = known.frame.unionByName(self._read(part))
        self._show(_last(name), Kept(both, (*known.parts, part)))

    def view(self, name: str) -> None:
        """Statement `name` as a view of its last name."""
        text = PARAMETER.sub(lambda found: literal(self.values[found[1]]), statement(name))
        self.define(_last(name), text)

    def rename(self, table: str, new: str) -> None:
        """Give a table another name, over whatever had it."""
        self.drop(new)
        known = self._known.pop(table)
        self.session.catalog.dropTempView(table)
        if isinstance(known, Kept):
            self._show(new, known)

    def drop(self, *tables: str) -> None:
        """Let go of tables that no later step reads."""
        for table in tables:
            known = self._known.pop(table, None)
            self.session.catalog.dropTempView(table)
            for part in known.parts if isinstance(known, Kept) else ():
                self.folder.drop(part)

    def rows(self, name: str) -> list[tuple[Any, ...]]:
        """The few rows of statement `name`."""
        return [tuple(row) for row in self._frame(name).collect()]

    def table(self, name: str) -> pa.Table:
        """The rows of statement `name`, all of them, for small results."""
        found: pa.Table = self._frame(name).toArrow()
        return found

    def count(self, table: str) -> int:
        """How many rows a table has."""
        self._ensure(table)
        return int(self.session.table(table).count())

    def batches(self, name: str, rows: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
        """The rows of statement `name` in its order, as Arrow batches of `rows` rows."""
        part = self._written(self._frame(name))
        yield from of_equal_size(self.folder.batches(part, self.scratch, rows), rows)
        self.folder.drop(part)

    def map(
        self,
        name: str,
        kernel: Kernel,
        table: str,
        rows: int = BATCH_ROWS,
        advance: Callable[[int], None] = lambda _done: None,
    ) -> None:
        """The rows of statement `name` through a kernel into a table, `rows` at a time.

        Executors do not say how far they are, so `advance` is told at the end.
        """
        self.session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", str(rows))
        self._keep(table, mapped(self._frame(name), kernel))
        advance(self.count(table))

    def write(self, name: str, path: Path, schema: pa.Schema, rows: int = BATCH_ROWS) -> int:
        """Write the rows of statement `name` as Parquet with `schema` and return how many."""
        return written(self.batches(name, rows), path, schema)

    def _frame(self, name: str) -> "DataFrame":
        return self._selected(statement(name))

    def _selected(self, text: str) -> "DataFrame":
        for table in tables_of(text):
            self._ensure(table)
        return self.session.sql(spark_sql(text), args=used(text, self.values))

    def _ensure(self, name: str) -> None:
        """Make a view over what its tables are now."""
        known = self._known[name]
        if isinstance(known, View):
            self._selected(known.text).createOrReplaceTempView(name)

    def _keep(self, table: str, frame: "DataFrame") -> None:
        """Keep rows as a table, over whatever had the name, which they may come from."""
        part = self._written(frame)
        self.drop(table)
        self._show(table, Kept(self._read(part), (part,)))

    def _written(self, frame: "DataFrame") -> str:
        part = f"{next(self._numbers):05d}"
        frame.write.parquet(self.folder.uri_of(part))
        return part

    def _read(self, part: str) -> "DataFrame":
        return self.session.read.parquet(self.folder.uri_of(part))

    def _counted(self, part: str, numbers: Numbered) -> "DataFrame":
        """The rows of a part with their numbers: where a file starts and where in it a row is."""
        from pyspark.sql.functions import broadcast, col, count

        rows = self._read(part).select("*", col("_metadata.file_path").alias(FILE), ROW)
        sizes = {
            row[FILE]: row.n for row in rows.groupBy(FILE).agg(count("*").alias("n")).collect()
        }
        files = sorted(sizes)
        starts = accumulate((sizes[file] for file in files), initial=1)
        first = [(file, start) for file, start in zip(files, starts, strict=False)]
        known = self.session.createDataFrame(first, f"{FILE} string, {START} bigint")
        number = (col(START) + col("row_index")).cast(numbers.kind).alias(numbers.name)
        kept = [name for name in rows.columns if name not in (FILE, "row_index")]
        return rows.join(broadcast(known), FILE).select(*kept, number)

    def _show(self, table: str, kept: Kept) -> None:
        self._known[table] = kept
        kept.frame.createOrReplaceTempView(table)


def _last(name: str) -> str:
    return name.rpartition("/")[2]
