"""Parquet shards of every split: `{split}-{i:05d}-of-{n:05d}.parquet`, the same bytes each time."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pyarrow as pa
import pyarrow.parquet as pq

from export.base import ExportInput, ExportOptions, ExportResult
from export.checks import by_judges_alone
from export.emptied import emptied
from export.folder import record, replaced
from export.reading import Rows
from export.rowgroups import RowGroups
from export.shape import Shape, Shaped
from schemas.errors import ExportError, did_you_mean
from schemas.pair import Split

SPLITS = get_args(Split)

REPEATING = frozenset({"role", "type", "kind", "split", "source", "licence", "level", "policy"})
"""Columns of few distinct values: the only ones that a dictionary makes smaller."""


def write_shards(
    source: ExportInput, table: Rows, shape: Shape, out: Path, options: ExportOptions
) -> ExportResult:
    """Write a format's shards into `out`, which is replaced when all are there.

    Memory is that of one row group, whatever the size of the set. Raises ExportError where `out`
    is not ours to replace and for a split that no build has.
    """
    check_splits(source.splits)
    with replaced(out) as folder:
        groups = RowGroups(shape, source.media)
        files: list[str] = []
        rows: dict[str, int] = {}
        by_split: dict[str, Counter[str]] = {}
        for split in source.splits:
            before = groups.refused.copy()
            shards = Shards(folder, split, shape.schema, source.shard_bytes)
            for group in _groups(table, split, shape, groups, source, options):
                shards.write(group)
            files += shards.close()
            rows[split] = shards.rows
            by_split[split] = groups.refused - before
        refused = dict(sorted(groups.refused.items()))
        about = {"version": source.version, "build_id": source.build_id, "format": shape.name}
        record(folder, **about, splits=rows, refused=refused, files=files)
    return ExportResult(
        out, sum(rows.values()), tuple(files), rows, refused, warnings=emptied(rows, by_split)
    )


def check_splits(splits: Sequence[str]) -> None:
    """Raise ExportError for a split that no build has."""
    for split in splits:
        if split not in SPLITS:
            raise ExportError(f"split {split!r} unknown", did_you_mean(split, SPLITS))


def _groups(
    table: Rows,
    split: str,
    shape: Shape,
    groups: RowGroups,
    source: ExportInput,
    options: ExportOptions,
) -> Iterator[pa.Table]:
    """A split's row groups; progress is told of each batch that is through."""
    for batch in table.batches(split):
        yield from groups.add(shaped_rows(shape.taken(batch), shape, source))
        if options.progress is not None:
            options.progress(batch.num_rows)
    yield from groups.rest()


def shaped_rows(rows: pa.RecordBatch, shape: Shape, source: ExportInput) -> Shaped:
    """Rows in the format's columns; what an unproven judge alone decided is refused too."""
    shaped = shape.shaped(rows)
    if not (source.judge_unproven and shape.decided):
        return shaped
    judged = {"judge_unproven": by_judges_alone(rows)}
    return replace(shaped, refusals={**judged, **shaped.refusals})


class Shards:
    """The files of one split. A file ends before it would pass `shard_bytes`, never empty."""

    def __init__(self, folder: Path, split: str, schema: pa.Schema, shard_bytes: int) -> None:
        self.rows = 0
        self._folder, self._split = folder, split
        self._schema, self._shard_bytes = schema, shard_bytes
        self._parts: list[Path] = []
        self._sink: Any = None
        self._writer: Any = None

    def write(self, group: pa.Table) -> None:
        """Write one row group."""
        if self._sink is not None and self._sink.tell() + group.nbytes > self._shard_bytes:
            self._finish()
        if self._sink is None:
            self._start()
        self._writer.write_table(group, row_group_size=max(1, group.num_rows))
        self.rows += group.num_rows

    def close(self) -> list[str]:
        """Finish, and give each file the name that tells how many there are."""
        self._finish()
        total = len(self._parts)
        names = [f"{self._split}-{n:05d}-of-{total:05d}.parquet" for n in range(total)]
        for part, name in zip(self._parts, names, strict=True):
            part.rename(self._folder / name)
        return names

    def _start(self) -> None:
        self._parts.append(self._folder / f"{self._split}-{len(self._parts):05d}.part")
        self._sink = pa.OSFile(str(self._parts[-1]), "wb")
        self._writer = pq.ParquetWriter(self._sink, self._schema, **parquet_options(self._schema))

    def _finish(self) -> None:
        if self._sink is not None:
            self._writer.close()
            self._sink.close()
        self._sink = self._writer = None


def parquet_options(schema: pa.Schema) -> dict[str, Any]:
    """How columns are stored: encoded media as they are, all else zstd.

    Every leaf is named, since pyarrow leaves unnamed ones uncompressed; chunks are cut by content,
    so that a Hub upload of a changed set sends what changed.
    """
    leaves = [leaf for field in schema for leaf in _leaves(field.name, field.type)]
    media = {leaf for leaf in leaves if leaf.endswith(".bytes")}
    return {
        "compression": {leaf: "none" if leaf in media else "zstd" for leaf in leaves},
        "use_dictionary": [leaf for leaf in leaves if leaf.rsplit(".", 1)[-1] in REPEATING],
        "write_statistics": [leaf for leaf in leaves if leaf not in media],
        "use_content_defined_chunking": True,
        "write_page_index": True,
    }


def _leaves(path: str, kind: pa.DataType) -> Iterator[str]:
    if pa.types.is_list(kind):
        yield from _leaves(f"{path}.list.element", kind.value_type)
    elif pa.types.is_struct(kind):
        for child in kind.fields:
            yield from _leaves(f"{path}.{child.name}", child.type)
    else:
        yield path
