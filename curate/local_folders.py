"""Folders of this machine in pulled rows: neither a build nor a push ever sees them.

A path that a source wrote may name people and machines. Where a pull's table holds one, a copy of
it is read instead, in which only the last part is left; so what is pushed builds to the same bytes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from curate.workspace import Workspace
from export.columns import LOCAL_FOLDERS
from schemas.arrow import table_schema
from schemas.errors import WorkspaceError

IN_A_SENTENCE = r"(^|[\s'\"(=])(?:file:(?://[^\\/\n'\"]*)?)?(?:~[^\\/\s'\"]*|[A-Za-z]:)?[\\/]+(?:[^\\/\n'\"]+[\\/]+)+"
"""An absolute path inside a text of ours, which quotes what it names."""

LEAVES: Mapping[str, Sequence[str]] = {
    "prompts": ("source", "source_key", "path", "value"),
    "candidates": ("source", "source_key", "model", "value"),
    "dropped": ("source", "id", "other_id", "detail"),
}
"""The last names of the columns that may hold a path. Messages and answers are texts as given."""

BATCH_ROWS = 10_000


def table_files(workspace: Workspace, table: str, scratch: Path) -> list[Path]:
    """One table's file of every pull, or a copy below `scratch` where there was something to cut.

    A file's folder is named after its pull. Raises WorkspaceError for a file that is no Parquet.
    """
    return [without_folders(path, table, scratch) for path in workspace.pull_tables(table)]


def without_folders(path: Path, table: str, scratch: Path) -> Path:
    """The file of a pull's table, or a copy in a folder of the same name without local folders."""
    try:
        with pq.ParquetFile(path) as file:
            if not _holds_folders(file, table):
                return path
            target = scratch / path.parent.name / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            _write_cut(file, table, target)
    except (pa.ArrowException, OSError) as error:
        raise WorkspaceError(f"{path}: {error}", "pull that source again") from error
    return target


def cut(value: Any) -> Any:
    """The value with the folders of absolute paths cut, in all its texts."""
    if isinstance(value, str):
        return re.sub(LOCAL_FOLDERS, "", value)
    if isinstance(value, Mapping):
        return {key: cut(one) for key, one in value.items()}
    return [cut(one) for one in value] if isinstance(value, list) else value


def last_part(name: str) -> str:
    """The name of a model, of a local path its last part."""
    return re.sub(LOCAL_FOLDERS, "", name.rstrip("/\\")) or name


def cut_sentence(text: str | None) -> str | None:
    """A text of ours with the folders of the absolute paths in it cut."""
    return None if text is None else re.sub(IN_A_SENTENCE, r"\1", text)


def _holds_folders(file: pq.ParquetFile, table: str) -> bool:
    paths = [file.schema.column(number).path for number in range(len(file.schema.names))]
    leaves = [path for path in paths if path.rsplit(".", 1)[-1] in LEAVES[table]]
    batches = file.iter_batches(BATCH_ROWS, columns=leaves)
    return any(
        pc.any(
            pc.match_substring_regex(texts, IN_A_SENTENCE if name == "detail" else LOCAL_FOLDERS)
        ).as_py()
        for batch in batches
        for name in batch.schema.names
        for texts in _texts(batch.column(name))
    )


def _texts(column: pa.Array) -> Iterator[pa.Array]:
    """The arrays of texts inside a column; keys of maps are names and left out."""
    if pa.types.is_map(column.type):
        yield from _texts(column.items)
    elif pa.types.is_list(column.type):
        yield from _texts(column.flatten())
    elif pa.types.is_struct(column.type):
        for part in column.flatten():
            yield from _texts(part)
    elif pa.types.is_string(column.type):
        yield column


def _write_cut(file: pq.ParquetFile, table: str, target: Path) -> None:
    schema = table_schema(table)
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        for batch in file.iter_batches(BATCH_ROWS):
            rows = [_cut_row(row, table) for row in batch.to_pylist(maps_as_pydicts="strict")]
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))


def _cut_row(row: dict[str, Any], table: str) -> dict[str, Any]:
    if table == "dropped":
        row = {**row, "detail": cut_sentence(row["detail"])}
    named = ("source", "source_key", "id", "other_id", "attributes", "generations", "media")
    return {key: cut(value) if key in named else value for key, value in row.items()}
