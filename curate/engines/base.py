"""What a build asks of an engine: it runs named statements of curate/sql and keeps their rows."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from curate.kernels.base import Kernel

BATCH_ROWS = 10_000
NARROW_ROWS = 122_880


class Engine(Protocol):
    """One build's tables, by name; `values` are the statements' parameters.

    A statement is named as its file in curate/sql, without `.sql`, and its table by its last name.
    Steps may add to `values`.
    """

    values: dict[str, Any]

    @property
    def name(self) -> str:
        """What a manifest calls the engine."""
        ...

    @property
    def faults(self) -> tuple[type[Exception], ...]:
        """What it raises where a statement fails."""
        ...

    def why(self, fault: Exception) -> str:
        """What one of `faults` says went wrong, in one line."""
        ...

    def read(self, name: str, files: Sequence[Path], schema: pa.Schema) -> None:
        """The rows of Parquet files, as a table; no files have no rows.

        A column that a file lacks is null.

        Raises one of `faults`, or WorkspaceError, for a file that is no Parquet.
        """
        ...

    def read_pulls(self, name: str, files: Sequence[Path], schema: pa.Schema) -> None:
        """As `read`, with the name of a file's folder as `pull`."""
        ...

    def read_numbered(self, name: str, files: Sequence[Path], schema: pa.Schema) -> None:
        """As `read`, with `event_no`: the place of a row in the files in turn, counted from 0."""
        ...

    def define(self, name: str, select: str) -> None:
        """A view over tables and views, looked up when it is read."""
        ...

    def put(self, name: str, table: pa.Table) -> None:
        """A small table of values, made in Python."""
        ...

    def run(self, name: str, table: str | None = None) -> None:
        """Run a statement and keep its rows as a table."""
        ...

    def run_from(self, name: str, *drivers: str) -> None:
        """Run a statement whose rows all come from rows of the tables `drivers`."""
        ...

    def append(self, name: str) -> None:
        """Run a statement and add its rows to its table."""
        ...

    def view(self, name: str) -> None:
        """A statement as a view, for rows cheaper to find than to keep."""
        ...

    def rename(self, table: str, new: str) -> None:
        """Give a table another name, over whatever had it."""
        ...

    def drop(self, *tables: str) -> None:
        """Let go of tables that no later step reads."""
        ...

    def rows(self, name: str) -> list[tuple[Any, ...]]:
        """The few rows of a statement."""
        ...

    def table(self, name: str) -> pa.Table:
        """The rows of a statement, all of them, for small results."""
        ...

    def count(self, table: str) -> int:
        """How many rows a table has."""
        ...

    def batches(self, name: str, rows: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
        """The rows of a statement in its order, as batches of `rows` rows."""
        ...

    def map(
        self,
        name: str,
        kernel: Kernel,
        table: str,
        rows: int = BATCH_ROWS,
        advance: Callable[[int], None] = lambda _done: None,
    ) -> None:
        """The rows of a statement through a kernel into a table.

        `advance` is told how many rows went in so far, by engines that know.
        """
        ...

    def write(self, name: str, path: Path, schema: pa.Schema, rows: int = BATCH_ROWS) -> int:
        """Write the rows of a statement as Parquet and return how many."""
        ...
