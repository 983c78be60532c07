"""The workspace's tables as DuckDB views: what `sql`, `show` and `Workspace.frame` look at.

The base views `raw_*` are the files as they lie; every other view is a statement of sql/views.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from annotate.journal import longest_line, whole_length
from curate.sqlfiles import no_glob, quoted, statement
from curate.workspace import BUILD_TABLES, Workspace
from schemas.arrow import table_schema
from schemas.errors import WorkspaceError

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

SHORT_LINE = 1 << 20
LATER_TABLES = ("splits",)
"""Tables that the first builds did not have."""

VIEWS = ("prompts", "candidates", "events", "rating_scales", "ratings", "rankings", "failures")


@dataclass(frozen=True, slots=True)
class Rows:
    """A SELECT over files, and the files it opens."""

    text: str
    files: tuple[Path, ...] = ()


@contextmanager
def open_views(
    workspace: Workspace, build: Path | None = None, *, memory_mb: int | None = None
) -> "Iterator[duckdb.DuckDBPyConnection]":
    """A connection with a view for every table; a build's tables are empty before the first.

    Only `dropped` is not: it has what left at the door.

    The connection can open the workspace's table files and nothing else, and may have `memory_mb`
    before it spills. Where a query inside the block stumbles over a damaged file, raises
    JournalError or WorkspaceError that names it.
    """
    import duckdb

    from curate.bad_journal import name_bad_line
    from curate.sandbox import sandbox, unreadable

    with TemporaryDirectory(prefix="curate-") as scratch:
        base = base_views(workspace, Path(scratch), build)
        texts = {name: rows.text for name, rows in base.items()}
        texts |= {name: statement(f"views/{name}") for name in VIEWS}
        files = [file for rows in base.values() for file in rows.files]
        with sandbox(texts, files, memory_mb) as connection:
            try:
                yield connection
            except (duckdb.IOException, duckdb.InvalidInputException) as error:
                name_bad_line(workspace)
                raise unreadable("of the workspace", error) from error


def base_views(
    workspace: Workspace, scratch: Path, build: Path | None = None
) -> Mapping[str, Rows]:
    """Every base view: raw_prompts, raw_candidates, raw_events, routes and a build's tables."""
    folder = build or workspace.latest_build()
    views = {
        "raw_prompts": pulled_rows(workspace, "prompts"),
        "raw_candidates": pulled_rows(workspace, "candidates"),
        "raw_events": event_rows(workspace.journals(), scratch),
        "selected": parquet_rows(
            [workspace.selected] if workspace.selected.is_file() else [], "selected"
        ),
        "routes": _ours([workspace.routes] if workspace.routes.is_file() else [], "routes"),
    }
    for name in BUILD_TABLES:
        views[name] = parquet_rows(files_of_build(folder, name), name)
    if folder is None:
        views["dropped"] = _ours(workspace.pull_tables("dropped"), "dropped")
    return views


def files_of_build(folder: Path | None, table: str) -> list[Path]:
    """The file of a build's table. A version before ours may have built without it."""
    path = folder / f"{table}.parquet" if folder else None
    return [path] if path and (path.exists() or table not in LATER_TABLES) else []


def pulled_rows(workspace: Workspace, table: str, files: Sequence[Path] | None = None) -> Rows:
    """Rows of one table over all pulls, each with the name of its `pull`.

    With `files`, these are read in their place, each in a folder named after its pull.
    """
    files = workspace.pull_tables(table) if files is None else files
    return Rows(with_folder(files, table_schema(table), "pull"), tuple(files))


def with_folder(files: Sequence[Path], schema: "pa.Schema", column: str) -> str:
    """A SELECT of the files' rows, with the name of a file's folder as a column."""
    if not files:
        return f"select *, null::varchar as {column} from ({no_rows(schema)})"
    name = f"parse_filename(parse_dirpath(filename)) as {column}"
    return whole_rows(files, schema, name, options=["filename = true"])


def parquet_rows(files: Sequence[Path], table: str) -> Rows:
    """Rows of Parquet files of one table; no files are no rows with the table's columns."""
    if not files:
        return Rows(no_rows(table_schema(table)))
    return Rows(f"select * from {parquet_source(files)}", tuple(files))


def _ours(files: Sequence[Path], table: str) -> Rows:
    """As `parquet_rows`, of tables that a version before ours may have written with less."""
    return Rows(whole_rows(files, table_schema(table)), tuple(files))


def event_rows(journals: Sequence[Path], scratch: Path, schema: "pa.Schema | None" = None) -> Rows:
    """Every event of the journals, JSONL up to its last newline and sealed Parquet alike.

    With `schema`, only its columns of events and within them only its fields are read.
    """
    schema = table_schema("events") if schema is None else schema
    columns = ", ".join(
        f'"{field.name}"::{duckdb_type(field.type)} as "{field.name}"' for field in schema
    )
    sealed = [path for path in journals if path.suffix == ".parquet"]
    lines = [
        whole for path in journals if path.suffix == ".jsonl" and (whole := _whole(path, scratch))
    ]
    parts = []
    if sealed:
        parts.append(f"select {columns} from ({whole_rows(sealed, schema)})")
    if lines:
        parts.append(f"select {columns} from {_json_source(lines, schema)}")
    return Rows(" union all ".join(parts) or no_rows(schema), (*sealed, *lines))


def whole_rows(
    files: Sequence[Path], schema: "pa.Schema", *more: str, options: Sequence[str] = ()
) -> str:
    """A SELECT of the schema's columns, and `more`, from Parquet files that versions of ours wrote.

    No files are no rows, without `more`. A column that a version before ours did not write is null.
    Raises WorkspaceError for a file that is no Parquet.
    """
    if not files:
        return no_rows(schema)
    written = [_columns_of(path) for path in files]
    there = set[str]().union(*written)
    columns = [
        f'"{field.name}"'
        if field.name in there
        else f'null::{duckdb_type(field.type)} as "{field.name}"'
        for field in schema
    ]
    differ = any(names != there for names in written)
    source = parquet_source(files, *options, *(["union_by_name = true"] if differ else []))
    return f"select {', '.join((*columns, *more))} from {source}"


def _columns_of(path: Path) -> set[str]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return set(pq.read_schema(path).names)
    except (pa.ArrowException, OSError) as error:
        raise WorkspaceError(f"{path}: {error}", "restore the file, or pull again") from error


def parquet_source(files: Sequence[Path], *options: str) -> str:
    """`read_parquet(...)` over exactly these files; a folder named `a=b` is no column."""
    return f"read_parquet({', '.join((_paths(files), 'hive_partitioning = false', *options))})"


def _json_source(files: Sequence[Path], schema: "pa.Schema") -> str:
    types = ", ".join(
        f"{quoted(field.name)}: {quoted(duckdb_type(field.type))}" for field in schema
    )
    limit = f"hive_partitioning = false, maximum_object_size = {_longest(files)}"
    return (
        f"read_json({_paths(files)}, format = 'newline_delimited', {limit}, columns = {{{types}}})"
    )


def _longest(files: Sequence[Path]) -> int:
    """Bytes that hold every line of the files: DuckDB sets twice as many aside for each reader."""
    return max(SHORT_LINE, *(longest_line(path) + 1 for path in files))


def duckdb_type(kind: "pa.DataType") -> str:
    """The DuckDB type of an Arrow type."""
    from pyarrow import types

    if types.is_struct(kind):
        inner = ", ".join(f'"{field.name}" {duckdb_type(field.type)}' for field in kind)
        return f"struct({inner})"
    if types.is_map(kind):
        return f"map(varchar, {duckdb_type(kind.item_type)})"
    if types.is_list(kind):
        return f"{duckdb_type(kind.value_type)}[]"
    if types.is_decimal(kind):
        return f"decimal({kind.precision}, {kind.scale})"
    return SCALAR_NAMES[str(kind)]


SCALAR_NAMES = {
    "string": "varchar",
    "int64": "bigint",
    "int32": "integer",
    "binary": "blob",
    "double": "double",
    "float": "float",
    "bool": "boolean",
    "timestamp[us, tz=UTC]": "timestamptz",
}


def no_rows(schema: "pa.Schema") -> str:
    """A SELECT with the schema's columns and no row."""
    columns = ", ".join(f'null::{duckdb_type(field.type)} as "{field.name}"' for field in schema)
    return f"select {columns} where false"


def _whole(path: Path, scratch: Path) -> Path | None:
    """The journal, or a copy up to its last newline where a write was torn; None where empty."""
    length = whole_length(path)
    if length == path.stat().st_size or length == 0:
        return path if length else None
    copy = scratch / f"whole-{path.name}"
    with path.open("rb") as source, copy.open("wb") as target:
        while length > 0 and (block := source.read(min(length, 1 << 20))):
            target.write(block)
            length -= len(block)
    return copy


def _paths(files: Sequence[Path]) -> str:
    return "[" + ", ".join(quoted(no_glob(str(path.absolute()))) for path in files) + "]"
