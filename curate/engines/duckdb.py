"""The default engine: DuckDB in this process, on a database file that spills to disk.

An engine runs named statements of curate/sql and keeps each result as a table of the statement's
last name; it knows nothing of what the statements mean.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from curate.engines.base import BATCH_ROWS
from curate.engines.batches import of_equal_size, told, written
from curate.engines.memory import memory_limit
from curate.engines.places import starts_of
from curate.engines.quiet import without_bar
from curate.interrupts import stop_on_interrupt
from curate.kernels.base import Kernel
from curate.sqlfiles import PARAMETER, literal, statement, used
from curate.views import no_rows, whole_rows, with_folder
from schemas.errors import WorkspaceError

MEMORY_MB = 1024
NOT_IN_PATHS = "?\\"
COPIED_ROWS = 20_480


class DuckDBEngine:
    """One build's tables. `folder` holds the database and the spilled blocks.

    DuckDB fills what memory it may have: `memory_mb`, where PAIRWRIGHT_MEMORY_MB says nothing.
    """

    name = "duckdb"
    faults = (duckdb.Error,)

    def __init__(self, folder: Path, values: Mapping[str, Any], memory_mb: int = MEMORY_MB) -> None:
        path = str(folder.absolute() / "build.duckdb")
        if set(NOT_IN_PATHS) & set(path):
            raise WorkspaceError(
                f"{path}: DuckDB reads ? and \\ in a database's path as its own",
                "move the workspace",
            )
        memory = memory_limit(memory_mb)
        self.folder = folder
        self.values = dict(values)
        self.connection = duckdb.connect(path)
        stop_on_interrupt(self.connection)
        without_bar(self.connection)
        self.connection.execute(f"set memory_limit = '{memory}MB'")
        self.connection.execute("set temp_directory = ?", [str(folder / "spill")])
        # A build's tables are read once or twice: choosing a compression costs more than it saves.
        self.connection.execute("set force_compression = 'uncompressed'")
        self.connection.execute("set preserve_insertion_order = false")
        self.connection.execute("set timezone = 'UTC'")
        # Nobody opens the database again, so it need not outlive a crash nor be tidied at the end.
        self.connection.execute("set fsync_mode = 'NONE'")
        self.connection.execute("pragma disable_checkpoint_on_shutdown")

    def close(self) -> None:
        """Let go of the database file."""
        self.connection.close()

    def why(self, fault: Exception) -> str:
        """The first line of an error, which names what is wrong."""
        return str(fault).splitlines()[0]

    def define(self, name: str, select: str) -> None:
        """A view over files."""
        self.connection.execute(f"create or replace view {name} as {select}")

    def read(self, name: str, files: Sequence[Path], schema: pa.Schema) -> None:
        """The rows of Parquet files, as a view."""
        self.define(name, whole_rows(files, schema))

    def read_pulls(self, name: str, files: Sequence[Path], schema: pa.Schema) -> None:
        """As `read`, with the name of a file's folder as `pull`."""
        self.define(name, with_folder(files, schema, "pull"))

    def read_numbered(self, name: str, files: Sequence[Path], schema: pa.Schema) -> None:
        """As `read`, with `event_no`: the place of a row in the files one after the other."""
        if not files:
            self.define(name, f"select *, null::integer as event_no from ({no_rows(schema)})")
            return
        number = f"({starts_of(files)})[file_index::bigint + 1] + file_row_number"
        self.define(name, whole_rows(files, schema, f"({number})::integer as event_no"))

    def copy(self, select: str, path: Path) -> None:
        """The rows of a SELECT as a Parquet file of the engine's own, for reading several times."""
        self.connection.execute(
            f"copy ({select}) to {literal(str(path))} "
            f"(format parquet, compression snappy, row_group_size {COPIED_ROWS})"
        )

    def put(self, name: str, table: pa.Table) -> None:
        """A small table of values, made in Python."""
        self.connection.register("given", table)
        self.connection.execute(f"create or replace table {name} as select * from given")
        self.connection.unregister("given")

    def run(self, name: str, table: str | None = None) -> None:
        """Run statement `name` and keep its rows as a table, by default of its last name."""
        text = statement(name)
        target = table or name.rpartition("/")[2]
        self.connection.execute(
            f"create or replace table {target} as {text}", used(text, self.values)
        )

    def run_from(self, name: str, *drivers: str) -> None:
        """Run statement `name`, whose rows all come from rows of the tables `drivers`.

        Where those have none the statement has none either: only its columns are made.
        """
        text = statement(name)
        if not any(self.count(table) for table in drivers):
            text = f"select * from (\n{text}\n) where false"
        target = name.rpartition("/")[2]
        self.connection.execute(
            f"create or replace table {target} as {text}", used(text, self.values)
        )

    def append(self, name: str) -> None:
        """Run statement `name` and add its rows to the table of its last name."""
        text = statement(name)
        table = name.rpartition("/")[2]
        self.connection.execute(f"insert into {table} by name {text}", used(text, self.values))

    def view(self, name: str) -> None:
        """Statement `name` as a view of its last name, for rows cheaper to find than to keep.

        A view takes no parameters, so the values they stand for are written into it.
        """
        text = PARAMETER.sub(lambda found: literal(self.values[found[1]]), statement(name))
        self.define(name.rpartition("/")[2], text)

    def rename(self, table: str, new: str) -> None:
        """Give a table another name, over whatever had it."""
        self.connection.execute(f"drop table if exists {new}")
        self.connection.execute(f"alter table {table} rename to {new}")

    def drop(self, *tables: str) -> None:
        """Let go of tables that no later step reads."""
        for table in tables:
            self.connection.execute(f"drop table if exists {table}")

    def rows(self, name: str) -> list[tuple[Any, ...]]:
        """The few rows of statement `name`."""
        text = statement(name)
        return self.connection.execute(text, used(text, self.values)).fetchall()

    def table(self, name: str) -> pa.Table:
        """The rows of statement `name`, all of them, for small results."""
        text = statement(name)
        return self.connection.sql(text, params=used(text, self.values) or None).to_arrow_table()

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.connection.execute(f"select count(*) from {table}").fetchall()[0][0])

    def batches(self, name: str, rows: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
        """The rows of statement `name` in its order, as Arrow batches of `rows` rows.

        Several statements may be read side by side: each is read on a connection of its own.
        """
        text = statement(name)
        given = used(text, self.values)
        reading = self.connection.cursor()
        stop_on_interrupt(reading)
        found = reading.sql(text, params=given or None).to_arrow_reader(rows)
        yield from of_equal_size(found, rows)
        reading.close()

    def map(
        self,
        name: str,
        kernel: Kernel,
        table: str,
        rows: int = BATCH_ROWS,
        advance: Callable[[int], None] = lambda _done: None,
    ) -> None:
        """Stream the rows of statement `name` through a kernel into a table, `rows` at a time.

        `advance` is told how many rows went in so far.
        """
        text = statement(name)
        reading = self.connection.cursor()
        found = reading.sql(text, params=used(text, self.values)).to_arrow_reader(rows)
        reader = pa.RecordBatchReader.from_batches(
            kernel.schema, (kernel.apply(batch) for batch in told(found, advance))
        )
        self.connection.register("mapped", reader)
        self.connection.execute(f"create or replace table {table} as select * from mapped")
        self.connection.unregister("mapped")
        reading.close()

    def write(self, name: str, path: Path, schema: pa.Schema, rows: int = BATCH_ROWS) -> int:
        """Write the rows of statement `name` as Parquet with `schema` and return how many.

        `rows` is the size of a row group: small for tables with texts, large for narrow ones.
        """
        return written(self.batches(name, rows), path, schema)
