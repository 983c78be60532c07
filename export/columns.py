"""Columns of pairs as any reader understands them: no decimals, no maps, no local paths."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from export.buffers import (
    Ints,
    float64,
    int32,
    integers,
    list_starts,
    mask_of,
    nullable_places,
    strings,
)

ENTRIES = pa.list_(pa.struct([("key", pa.string()), ("value", pa.string())]))

LOCAL_FOLDERS = r"^(?:file:(?://[^\\/\n]*)?)?(?:~[^\\/\n]*|[A-Za-z]:)?[\\/]+(?:[^\\/\n]+[\\/]+)+"
"""The folders of an absolute path: they name people and machines, the last part names the thing."""


def metrics_of(columns: Iterable[pa.MapArray]) -> list[str]:
    """The keys of score maps, sorted."""
    found: set[str] = set()
    for column in columns:
        found.update(_entries(column)[1].unique().to_pylist())
    return sorted(found)


def score_columns(scores: pa.MapArray, metrics: Sequence[str]) -> pa.StructArray:
    """A map metric -> score as a struct with one float64 a metric, null where it was not scored."""
    starts, keys, points = _entries(scores)
    values = float64(points)
    row = np.repeat(np.arange(len(scores)), np.diff(starts))
    columns = []
    for metric in metrics:
        at = np.flatnonzero(mask_of(pc.is_in(keys, value_set=strings([metric]))))
        places = np.full(len(scores), -1, dtype=np.int64)
        places[row[at]] = at
        columns.append(values.take(nullable_places(places)))
    fields = [pa.field(metric, pa.float64()) for metric in metrics]
    return pa.StructArray.from_arrays(columns, fields=fields)


def entries_of(attributes: pa.MapArray) -> pa.ListArray:
    """A map of texts as lists of {key, value}, in the map's order, without local folders."""
    return _entry_lists(attributes, without_folders)


def reasons_of(rationales: pa.MapArray) -> pa.ListArray:
    """A map of what somebody wrote as lists of {key, value}, in the map's order, word for word."""
    return _entry_lists(rationales, lambda texts: texts)


def _entry_lists(column: pa.MapArray, values_of: Callable[[pa.Array], pa.Array]) -> pa.ListArray:
    starts, keys, values = _entries(column)
    columns = [keys, values_of(values)]
    entries = pa.StructArray.from_arrays(columns, fields=list(ENTRIES.value_type))
    return pa.ListArray.from_arrays(int32(starts), entries, type=ENTRIES)


def without_folders(texts: pa.Array) -> pa.Array:
    """Texts, or lists of them, with the folders of what is an absolute path cut off."""
    if pa.types.is_list(texts.type):
        values = without_folders(texts.flatten())
        return pa.ListArray.from_arrays(int32(list_starts(texts)), values)
    return pc.replace_substring_regex(texts, pattern=LOCAL_FOLDERS, replacement="")


def plain(column: pa.Array) -> pa.Array:
    """The column with decimals as float64 and every field nullable, named as `datasets` does."""
    if pa.types.is_decimal(column.type):
        return float64(column)
    return column.cast(plain_type(column.type))


def plain_type(kind: pa.DataType) -> pa.DataType:
    """The type that `plain` gives to a column of this one."""
    if pa.types.is_decimal(kind):
        return pa.float64()
    if pa.types.is_integer(kind):
        return pa.int64()
    if pa.types.is_list(kind):
        return pa.list_(plain_type(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([(child.name, plain_type(child.type)) for child in kind.fields])
    return kind


def _entries(column: pa.MapArray) -> tuple[Ints, pa.Array, pa.Array]:
    """Where each map's entries start, and the end; all keys; all values."""
    first, starts = integers(column.offsets)[0], list_starts(column)
    keys, values = (part.slice(first, starts[-1]) for part in (column.keys, column.items))
    return starts, keys, values
