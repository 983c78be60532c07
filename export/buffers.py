"""Arrow arrays and numpy arrays into each other, sharing memory.

`pa.array`, `pa.scalar` and `Array.to_numpy` import pandas where it is installed, which costs more
than a small export; arrays are made from and seen through their buffers instead.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


def int32(values: NDArray[Any]) -> pa.Array:
    """Whole numbers as an int32 array without nulls: offsets of lists and of texts."""
    data = np.ascontiguousarray(values, dtype=np.int32)
    return pa.Array.from_buffers(pa.int32(), len(data), [None, pa.py_buffer(data)])


def int64(values: NDArray[Any]) -> pa.Array:
    """Whole numbers as an int64 array without nulls: columns, and indexes to take."""
    data = np.ascontiguousarray(values, dtype=np.int64)
    return pa.Array.from_buffers(pa.int64(), len(data), [None, pa.py_buffer(data)])


def nullable_places(values: NDArray[Any]) -> pa.Array:
    """Indexes to take: what is taken is null where an index is negative."""
    data = np.ascontiguousarray(values, dtype=np.int64)
    valid = mask_array(data >= 0).buffers()[1]
    return pa.Array.from_buffers(pa.int64(), len(data), [valid, pa.py_buffer(data)])


def strings(values: Sequence[str]) -> pa.StringArray:
    """Texts as an Arrow array."""
    encoded = [value.encode("utf-8") for value in values]
    return texts_at(starts_of([len(value) for value in encoded]), pa.py_buffer(b"".join(encoded)))


def texts_at(starts: NDArray[Any], data: pa.Buffer) -> pa.StringArray:
    """The texts that lie in `data` between one start and the next; one start more than texts."""
    offsets = int32(starts).buffers()[1]
    return pa.StringArray.from_buffers(len(starts) - 1, offsets, data)


def starts_of(lengths: Sequence[int] | NDArray[Any]) -> Ints:
    """Where each of some things of these lengths begins, and the end. Shape: (n + 1,)."""
    starts = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts


def integers(array: pa.Array, null: int = 0) -> Ints:
    """The numbers of an integer array of any width, `null` where there is none. Shape: (n,)."""
    wide = array.cast(pa.int64())
    values = np.frombuffer(wide.buffers()[1] or b"", dtype=np.int64)
    values = values[wide.offset : wide.offset + len(wide)]
    return values if not wide.null_count else np.where(mask_of(wide.is_valid()), values, null)


def floats(array: pa.DoubleArray) -> Floats:
    """The numbers of a float64 array, NaN where there is none. Shape: (n,)."""
    values = np.frombuffer(array.buffers()[1] or b"", dtype=np.float64)
    values = values[array.offset : array.offset + len(array)]
    return values if not array.null_count else np.where(mask_of(array.is_valid()), values, np.nan)


def list_starts(array: pa.ListArray) -> Ints:
    """Where each list begins in `array.flatten()`, and the end. Shape: (n + 1,)."""
    starts = integers(array.offsets)
    return starts - starts[0] if len(starts) else np.zeros(1, dtype=np.int64)


def mask_of(array: pa.BooleanArray) -> Mask:
    """True where the array holds true; null counts as false. Shape: (n,)."""
    bits = _bits(array.buffers()[1], array)
    if array.null_count:
        bits &= _bits(array.buffers()[0], array)
    return bits


def mask_array(mask: Mask) -> pa.BooleanArray:
    """A numpy mask as an Arrow array without nulls."""
    packed = np.packbits(mask, bitorder="little")
    return pa.Array.from_buffers(pa.bool_(), len(mask), [None, pa.py_buffer(packed)])


def float64(array: pa.Array) -> pa.Array:
    """Decimals below 2**53 units as the nearest float64, so up to 9e9 of a Score; nulls stay.

    Arrow's own cast multiplies by 10**-scale and is off by one in the last place for a third of
    all values.
    """
    if not pa.types.is_decimal(array.type):
        return array.cast(pa.float64())
    wide = array.cast(pa.decimal128(38, array.type.scale))
    words = np.frombuffer(wide.buffers()[1] or b"", dtype=np.int64)[::2]
    whole = words[wide.offset : wide.offset + len(wide)]
    values = pa.py_buffer(whole / 10**array.type.scale)
    valid = mask_array(mask_of(array.is_valid())).buffers()[1] if array.null_count else None
    return pa.Array.from_buffers(pa.float64(), len(array), [valid, values])


def _bits(buffer: pa.Buffer | None, array: pa.Array) -> Mask:
    packed = np.frombuffer(buffer or b"", dtype=np.uint8)
    end = array.offset + len(array)
    return np.unpackbits(packed, count=end, bitorder="little")[array.offset :].view(np.bool_)
