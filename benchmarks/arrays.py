"""Seeded columns made many at a time: ids and texts as Arrow arrays."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

HEX_DIGITS = 32
WORDS = 5000
SPREAD = 0x9E3779B97F4A7C15

Ids = NDArray[Any]
Keys = NDArray[np.uint64]


def ids(rng: np.random.Generator, count: int) -> Ids:
    """Ids of 32 hex digits as numpy bytes. Shape: (count,)."""
    digits = rng.bytes(count * HEX_DIGITS // 2).hex().encode("ascii")
    return np.frombuffer(digits, dtype=f"S{HEX_DIGITS}")


def id_column(values: Ids) -> pa.StringArray:
    """Ids as an Arrow column."""
    flat = np.ascontiguousarray(values).reshape(-1)
    starts = np.arange(len(flat) + 1, dtype=np.int32) * HEX_DIGITS
    return pa.StringArray.from_buffers(len(flat), pa.py_buffer(starts), pa.py_buffer(flat))


def named(names: list[str], places: Any) -> pa.StringArray:
    """For each place, the name that stands there."""
    return pa.array(names, pa.string()).take(pa.array(np.ravel(places).astype(np.int64)))


def vocabulary() -> pa.StringArray:
    """Words of 2 to 9 letters; two of them are not ASCII, so about one text in twenty is not."""
    rng = np.random.default_rng(WORDS)
    words = [
        "".join(chr(97 + letter) for letter in rng.integers(0, 26, length))
        for length in rng.integers(2, 10, WORDS)
    ]
    return pa.array([*words[:-2], "d\u00e9j\u00e0", "na\u00efve"], pa.string())


def texts(words: pa.StringArray, keys: Keys, least: int, most: int) -> pa.StringArray:
    """For each key its own text of `least` to `most` words: equal keys give equal texts."""
    lengths = (least + _mixed(keys) % np.uint64(most - least + 1)).astype(np.int64)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    place = np.arange(starts[-1]) - np.repeat(starts[:-1], lengths)
    drawn = _mixed(np.repeat(keys, lengths) + place.astype(np.uint64) * np.uint64(SPREAD))
    chosen = words.take(pa.array((drawn % np.uint64(len(words))).astype(np.int64)))
    return pc.binary_join(pa.ListArray.from_arrays(pa.array(starts.astype(np.int32)), chosen), " ")


def _mixed(keys: Keys) -> Keys:
    """Keys with their bits spread (the finaliser of splitmix64)."""
    mixed = keys ^ (keys >> np.uint64(30))
    mixed = mixed * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    spread: Keys = mixed ^ (mixed >> np.uint64(31))
    return spread
