"""selected.parquet: written whole, in the order of the ids, the same bytes for the same choice."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from curate.disk import sync_file, sync_folder
from curate.engines.base import NARROW_ROWS
from curate.selecting.choosing import TypeChoice
from curate.selecting.pool import Pool
from curate.selecting.strata import NO_CLUSTER, UNSCORED
from curate.workspace import Workspace
from schemas.arrow import table_schema
from schemas.select import DrawName

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

STAGED = ".selected.parquet"


def write_selected(
    workspace: Workspace, pool: Pool, types: Sequence[TypeChoice], draw: DrawName
) -> Path:
    """Put selected.parquet in place by one rename, so that it is always whole."""
    staged = workspace.root / STAGED
    table = table_of(pool, types, draw)
    with pq.ParquetWriter(staged, table.schema, compression="zstd") as writer:
        writer.write_table(table, row_group_size=NARROW_ROWS)
    sync_file(staged)
    staged.replace(workspace.selected)
    sync_folder(workspace.root)
    return workspace.selected


def table_of(pool: Pool, types: Sequence[TypeChoice], draw: DrawName) -> pa.Table:
    """The rows of selected.parquet. Shape: (prompts taken, fields of Selected)."""
    schema = table_schema("selected")
    parts = [part for choice in types for part in _rows(pool, choice, draw)]
    table = pa.concat_tables([schema.empty_table(), *parts])
    return table.sort_by("prompt_id").combine_chunks()


def _rows(pool: Pool, choice: TypeChoice, draw: DrawName) -> list[pa.Table]:
    """The rows of each stratum of a type, numbered through."""
    schema, tables, before = table_schema("selected"), [], 0
    for picked in choice.picked:
        count = len(picked.places)
        columns = {
            "prompt_id": pool.prompt_ids.take(pa.array(picked.places)),
            "task_type": pa.array([choice.task_type] * count, pa.string()),
            "draw": pa.array([draw] * count, pa.string()),
            "basis": pa.array([picked.basis] * count, pa.string()),
            "cluster": pa.array(
                picked.clusters.astype("int64"), mask=picked.clusters == NO_CLUSTER
            ),
            "place": pa.array(range(before + 1, before + count + 1), pa.int64()),
            "score": _decimals(picked.scores),
            "probability": _decimals(picked.probabilities),
        }
        tables.append(pa.table([columns[name] for name in schema.names], schema=schema))
        before += count
    return tables


def _decimals(millionths: "Array") -> pa.Array:
    """Millionths as decimal(18,6), null where they are UNSCORED."""
    found = [
        None if number == UNSCORED else Decimal(number).scaleb(-6) for number in millionths.tolist()
    ]
    return pa.array(found, pa.decimal128(18, 6))
