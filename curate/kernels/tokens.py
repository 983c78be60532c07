"""Texts as hashes of their tokens, case and compatibility forms aside (NFKC, lower case).

A word's hash is sum_i v(c_i) B^i mod 2^64 over its characters, computed for all words of a block at
once; equal words have equal hashes in whatever text and encoding width they stand.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from curate.kernels.alphabet import ALONE, GAP, KNOWN, WORD, classes

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

BLOCK_UNITS = 1 << 17
MOST_UNITS = 1 << 22
"""Of a text longer than these characters only the beginning is looked at."""

BASE = 0xD1342543DE82EF95
VALUES_SEED = 20_210_817


@dataclass(frozen=True, slots=True)
class Tokens:
    """Token hashes (uint64) of texts, one after the other; `counts` says how many each text has."""

    hashes: "Array"
    counts: "Array"


def token_blocks(texts: pa.Array) -> Iterator[tuple["Array", Tokens]]:
    """The tokens of texts, block by block: the places of a block's texts in `texts`, their tokens.

    Texts in ASCII alone come first. A null is a text without tokens.
    """
    import numpy as np

    filled = pc.fill_null(texts.cast(pa.string()), "")
    plain = pc.string_is_ascii(filled).to_numpy(zero_copy_only=False)
    for is_plain in (True, False):
        places = np.flatnonzero(plain == is_plain)
        if len(places):
            chosen = filled if len(places) == len(filled) else filled.take(pa.array(places))
            units, ends = _ascii_units(chosen) if is_plain else _wide_units(chosen)
            for first, last in _blocks(ends):
                yield places[first:last], _tokens(units, ends[first : last + 1])


def _ascii_units(texts: pa.Array) -> tuple["Array", "Array"]:
    """The characters of ASCII texts as bytes, and where each text ends, 0 before the first."""
    import numpy as np

    low = pc.ascii_lower(texts)
    ends = np.frombuffer(low.buffers()[1], np.int32)[low.offset : low.offset + len(low) + 1]
    return np.frombuffer(low.buffers()[2] or b"", np.uint8), ends.astype(np.int64)


def _wide_units(texts: pa.Array) -> tuple["Array", "Array"]:
    """The code points of any texts in lower case and NFKC, and where each text ends."""
    import numpy as np

    low = pc.utf8_lower(pc.utf8_normalize(texts, "NFKC"))
    sizes = pc.utf8_length(low).to_numpy()
    units = np.frombuffer("".join(low.to_pylist()).encode("utf-32-le"), np.uint32)
    return units, np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))


def _blocks(ends: "Array") -> Iterator[tuple[int, int]]:
    """Runs of texts with about a block's characters, each with one text at least."""
    import numpy as np

    first, count = 0, len(ends) - 1
    while first < count:
        last = int(np.searchsorted(ends, ends[first] + BLOCK_UNITS, "right")) - 1
        last = min(max(last, first + 1), count)
        yield first, last
        first = last


def _tokens(units: "Array", ends: "Array") -> Tokens:
    """The tokens of texts that lie between consecutive `ends`."""
    import numpy as np

    codes = units[ends[0] : min(ends[-1], ends[0] + MOST_UNITS)]
    if codes.dtype != np.uint8:
        codes = np.minimum(codes, np.uint32(KNOWN))
    borders = np.minimum(ends - ends[0], len(codes))
    starts = np.flatnonzero(_is_start(classes().take(codes), borders))
    counts = np.diff(np.searchsorted(starts, borders))
    if not len(starts):
        return Tokens(np.empty(0, np.uint64), counts)
    powers, inverses = _powers(max(BLOCK_UNITS, 1 << int(len(codes) - 1).bit_length()))
    sums = np.zeros(len(codes) + 1, np.uint64)
    summands = _values().take(codes)
    summands *= powers[: len(codes)]
    np.cumsum(summands, out=sums[1:])
    ends_of_tokens = np.append(starts[1:], len(codes))
    return Tokens((sums[ends_of_tokens] - sums[starts]) * inverses[starts], counts)


def _is_start(kinds: "Array", borders: "Array") -> "Array":
    """Where a token begins: a character alone, or one of a word that goes on from none."""
    import numpy as np

    goes_on = np.zeros(len(kinds) + 1, bool)
    goes_on[1:] = kinds == WORD
    goes_on[borders] = False
    found: Array = (kinds == ALONE) | ((kinds == WORD) & ~goes_on[:-1])
    return found


@cache
def _values() -> "Array":
    """A random odd number for every code point, 0 for those that no token has."""
    import numpy as np

    drawn = np.random.default_rng(VALUES_SEED).integers(0, 1 << 63, KNOWN + 1, dtype=np.uint64)
    return np.where(classes() == GAP, np.uint64(0), drawn * np.uint64(2) + np.uint64(1))


@cache
def _powers(count: int) -> tuple["Array", "Array"]:
    """B^0, B^1, ... mod 2^64, and their inverses."""
    import numpy as np

    found = []
    for base in (BASE, pow(BASE, -1, 1 << 64)):
        powers = np.full(count, np.uint64(base))
        powers[0] = 1
        found.append(np.cumprod(powers))
    return found[0], found[1]
