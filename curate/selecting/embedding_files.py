"""Embeddings in a file: `.npz` with ids and an array, or Parquet with ids and a list column.

Files are other people's: nothing is unpickled, and shapes and types are checked before use.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from tokenize import TokenError
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from curate.engines.duckdb import DuckDBEngine
from curate.views import parquet_source
from schemas.errors import SourceError

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

ID, KEYS = "prompt_id", ("key", "source_key")
EMBEDDING = "embedding"
ROWS = 8192
GIVEN = pa.schema([("key", pa.string()), ("embedding", pa.list_(pa.float32()))])
LAYOUT = "give prompt_id (or key) and embedding, a row a prompt"

BROKEN_ARCHIVE = (
    *(ValueError, OSError, LookupError, EOFError, MemoryError, ArithmeticError, TypeError),
    *(SyntaxError, RuntimeError, zipfile.BadZipFile, zlib.error, struct.error, TokenError, Warning),
)
"""What NumPy and zipfile raise on hostile archives; a Warning where the caller made it an error."""


def read_file(engine: DuckDBEngine, root: Path, name: str) -> None:
    """Fill `vector_parts` from a file, whose name is taken from the workspace on or as it is.

    Raises SourceError that names the file and what is wrong with it.
    """
    path = Path(name) if Path(name).is_absolute() or Path(name).is_file() else root / name
    if not path.is_file():
        raise SourceError(f"{path}: no such file", "name the file with the embeddings")
    by_id, batches = _read_npz(path) if path.suffix.lower() == ".npz" else _read_parquet(path)
    _keep(engine, path, batches)
    for key, count in engine.rows("select/given_twice"):
        raise SourceError(f"{path}: {key!r} is there {count} times", "keep one row a prompt")
    engine.run(f"select/given_by_{'id' if by_id else 'key'}", "vector_parts")


def _read_npz(path: Path) -> tuple[bool, Iterator[pa.RecordBatch]]:
    import numpy as np

    if not zipfile.is_zipfile(path):
        raise SourceError(f"{path}: no .npz archive", LAYOUT)
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            name = _key_column(path, archive.files)
            if EMBEDDING not in archive.files:
                raise SourceError(f"{path}: no array named {EMBEDDING}", LAYOUT)
            ids, vectors = archive[name], archive[EMBEDDING]
    except BROKEN_ARCHIVE as error:
        raise SourceError(f"{path}: {_one_line(error)}", LAYOUT) from error
    for member, array in ((name, ids), (EMBEDDING, vectors)):
        if not isinstance(array, np.ndarray):  # np.load gives the bytes of what is none
            raise SourceError(f"{path}: {member} is no array of NumPy's", LAYOUT)
    if ids.ndim != 1 or ids.dtype.kind not in "US":
        raise SourceError(f"{path}: {name} is {ids.dtype} of shape {ids.shape}, not texts", LAYOUT)
    if vectors.ndim != 2 or vectors.dtype.kind not in "fiu" or len(vectors) != len(ids):
        raise SourceError(
            f"{path}: {EMBEDDING} is {vectors.dtype} of shape {vectors.shape}, "
            f"not numbers of shape ({len(ids)}, dimensions)",
            LAYOUT,
        )
    return name == ID, _rows_of(ids, vectors)


def _rows_of(ids: "Array", vectors: "Array") -> Iterator[pa.RecordBatch]:
    import numpy as np

    for start in range(0, len(ids), ROWS):
        names = ids[start : start + ROWS].astype(str).tolist()
        with np.errstate(over="ignore"):
            block = np.ascontiguousarray(vectors[start : start + ROWS], np.float32)
        offsets = np.arange(len(block) + 1, dtype=np.int32) * vectors.shape[1]
        lists = pa.ListArray.from_arrays(pa.array(offsets), pa.array(block.ravel()))
        yield pa.record_batch([pa.array(names, pa.string()), lists], schema=GIVEN)


def _read_parquet(path: Path) -> tuple[bool, Iterator[pa.RecordBatch]]:
    try:
        file = pq.ParquetFile(path)
        schema = file.schema_arrow
    except (pa.ArrowException, OSError, ValueError) as error:
        raise SourceError(f"{path}: {_one_line(error)}", "give a Parquet file") from error
    name = _key_column(path, schema.names)
    column = _list_column(path, schema)

    def batches() -> Iterator[pa.RecordBatch]:
        for batch in file.iter_batches(ROWS, columns=[name, column]):
            lists = batch.column(column).cast(GIVEN.field(1).type, safe=False)
            yield pa.record_batch([batch.column(name).cast(pa.string()), lists], schema=GIVEN)

    return name == ID, batches()


def _keep(engine: DuckDBEngine, path: Path, batches: Iterator[pa.RecordBatch]) -> None:
    """Leave `given_vectors`, read once into a file of the engine's own: faults show on the way."""
    kept = engine.folder / "given.parquet"
    try:
        with pq.ParquetWriter(kept, GIVEN, compression="none") as writer:
            for batch in batches:
                writer.write_batch(batch)
    except (pa.ArrowException, OSError, ValueError, LookupError) as error:
        raise SourceError(f"{path}: {_one_line(error)}", LAYOUT) from error
    engine.define("given_vectors", f"select * from {parquet_source([kept])}")


def _key_column(path: Path, names: list[str]) -> str:
    for name in (ID, *KEYS):
        if name in names:
            return name
    raise SourceError(f"{path}: no {ID} and no key among {', '.join(names) or 'nothing'}", LAYOUT)


def _list_column(path: Path, schema: pa.Schema) -> str:
    """The column of embeddings: the one of that name, else the only list of numbers."""
    lists = [field.name for field in schema if _is_vector(field.type)]
    if EMBEDDING in lists:
        return EMBEDDING
    if len(lists) != 1:
        found = ", ".join(f"{field.name} ({field.type})" for field in schema)
        raise SourceError(f"{path}: no list of numbers named {EMBEDDING} among {found}", LAYOUT)
    return str(lists[0])


def _is_vector(kind: pa.DataType) -> bool:
    lists = (pa.types.is_list, pa.types.is_large_list, pa.types.is_fixed_size_list)
    if not any(is_list(kind) for is_list in lists):
        return False
    inner = kind.value_type
    return bool(pa.types.is_floating(inner) or pa.types.is_integer(inner))


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
