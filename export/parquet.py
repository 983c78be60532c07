"""`parquet`: every column of a pair, for plain `datasets`, pandas, DuckDB and the Hub's viewer.

Scores are structs with one float64 a metric (left out where no pair has a score), attributes are
{key, value} lists. `images` holds all pictures and frames of a row in the order of its `media`;
medium i is images[first : first + count], or videos[first] where its kind is video. Messages
point at media by media_index. `videos` is there where a set has video files, undecoded.
"""

from pathlib import Path

import pyarrow as pa

from export.base import ExportInput, ExportOptions, ExportResult, Format
from export.buffers import int32, int64, list_starts
from export.checks import common_refusals
from export.columns import (
    ENTRIES,
    entries_of,
    metrics_of,
    plain,
    plain_type,
    score_columns,
    without_folders,
)
from export.features import MEDIA, with_features
from export.media import MediaBatch
from export.reading import PairsFile
from export.shape import Shape, Shaped
from export.shards import write_shards
from export.turns import Turns
from schemas.arrow import table_schema

SCORES = ("chosen_scores", "rejected_scores")
NAMES = ("chosen_models", "rejected_models", "source", "source_key")

LAYOUT = pa.struct(
    [
        ("kind", pa.string()),
        ("sha256", pa.string()),
        ("first", pa.int64()),
        ("count", pa.int64()),
        ("width", pa.int64()),
        ("height", pa.int64()),
        ("fps", pa.float64()),
        ("duration", pa.float64()),
    ]
)


def write(source: ExportInput, out: Path, options: ExportOptions) -> ExportResult:
    """Write all columns of a build's pairs. Raises ExportError where input or folder is unfit."""
    pairs = PairsFile(source.pairs)
    metrics = _metrics(pairs)
    return write_shards(source, pairs, _shape(metrics, has_video=_has_video(pairs)), out, options)


FORMAT = Format("parquet", "every column, with pictures (datasets, pandas, DuckDB)", write)


def _metrics(pairs: PairsFile) -> list[str]:
    batches = pairs.batches(columns=[leaf for name in SCORES for leaf in pairs.leaves(name)])
    return metrics_of(batch.column(name) for batch in batches for name in SCORES)


def _has_video(pairs: PairsFile) -> bool:
    batches = pairs.batches(columns=pairs.leaves("media"))
    return any(MediaBatch.of(batch.column("media")).rows_with_video().any() for batch in batches)


def _shape(metrics: list[str], *, has_video: bool) -> Shape:
    media_columns = ("images", "videos") if has_video else ("images",)
    fields: list[tuple[str, pa.DataType]] = []
    for field in table_schema("pairs"):
        if field.name == "media":
            fields += [("media", pa.list_(LAYOUT)), *((name, MEDIA) for name in media_columns)]
        elif field.name not in SCORES:
            kind = ENTRIES if field.name == "attributes" else plain_type(field.type)
            fields.append((field.name, kind))
        elif metrics:
            fields.append((field.name, pa.struct([(metric, pa.float64()) for metric in metrics])))
    schema = with_features(pa.schema(fields))
    return Shape(FORMAT.name, schema, media_columns, lambda pairs: _shaped(pairs, metrics, schema))


def _shaped(pairs: pa.RecordBatch, metrics: list[str], schema: pa.Schema) -> Shaped:
    turns = Turns.of(pairs.column("messages"))
    media = MediaBatch.of(pairs.column("media"))
    names = [field.name for field in schema if field.type != MEDIA]
    columns = [_column(name, pairs.column(name), media, metrics) for name in names]
    table = pa.RecordBatch.from_arrays(columns, names=names)
    return Shaped(table, media.by_row(), common_refusals(pairs, turns))


def _column(name: str, column: pa.Array, media: MediaBatch, metrics: list[str]) -> pa.Array:
    if name == "media":
        return _layout(column, media)
    if name in SCORES:
        return score_columns(column, metrics)
    if name == "attributes":
        return entries_of(column)
    return without_folders(column) if name in NAMES else plain(column)


def _layout(column: pa.ListArray, media: MediaBatch) -> pa.ListArray:
    """Where each medium's pictures stand in its row, beside what is known of it."""
    flat = column.flatten()
    first, count = media.places()
    known = {"first": int64(first), "count": int64(count)}
    columns = [
        known[field.name] if field.name in known else plain(flat.field(field.name))
        for field in LAYOUT
    ]
    values = pa.StructArray.from_arrays(columns, fields=list(LAYOUT))
    return pa.ListArray.from_arrays(int32(list_starts(column)), values, type=pa.list_(LAYOUT))
