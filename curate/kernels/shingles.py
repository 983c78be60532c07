"""Texts as sets of shingles: every run of three tokens, as a number of 40 bits.

Two texts are as near as their sets: |A and B| / |A or B| (Jaccard). The smallest numbers of a set
are a sample of it that near texts share (bottom-k sketch; Cohen and Kaplan 2007), and so serve as
keys to find them by. Of 40 bits, two sets of 300 share a number by chance once in ten million.
"""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from curate.kernels.base import Kernel
from curate.kernels.tokens import Tokens, token_blocks

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

TOKENS = 3
BITS = 40
TURNS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)

TOKEN_LISTS = pa.schema([("doc_no", pa.int64()), ("tokens", pa.list_(pa.int64()))])
SKETCHES = pa.schema(
    [
        ("doc_no", pa.int64()),
        ("scope", pa.int64()),
        ("n_tokens", pa.int32()),
        ("n_shingles", pa.int32()),
        ("set_hash", pa.int64()),
        ("keys", pa.list_(pa.int64())),
        ("shingles", pa.list_(pa.int64())),
    ]
)


Block = tuple["Array", "Array", "Array", "Array"]
"""Texts of a batch: their places in it, their tokens, all their sets' numbers, the sets' sizes."""


@cache
def sketches(keys: int) -> Kernel:
    """In: doc_no, scope, text. Out: a text's set, its size, a hash of it and its smallest numbers.

    `keys` is how many of those. A text of one or two tokens has one shingle, one without has none.
    """

    def apply(batch: pa.RecordBatch) -> pa.RecordBatch:
        scopes = batch["scope"].to_numpy(zero_copy_only=False)
        rows = [_sketch_rows(batch, block, scopes, keys) for block in _blocks(batch)]
        return pa.concat_batches(rows or [_nothing(SKETCHES)])

    return Kernel(SKETCHES, apply)


def _token_rows(batch: pa.RecordBatch) -> pa.RecordBatch:
    rows = []
    for places, tokens in token_blocks(batch["text"]):
        values, sizes = _distinct(tokens.hashes, tokens.counts)
        rows.append(pa.record_batch([_numbers(batch, places), _lists(values, sizes)], TOKEN_LISTS))
    return pa.concat_batches(rows or [_nothing(TOKEN_LISTS)])


TOKEN_SETS = Kernel(TOKEN_LISTS, _token_rows)
"""In: doc_no, text. Out: the text's set of tokens, in order, as numbers of 40 bits."""


def _blocks(batch: pa.RecordBatch) -> Iterator[Block]:
    for places, tokens in token_blocks(batch["text"]):
        yield (places, tokens.counts, *shingle_sets(tokens))


def shingle_sets(tokens: Tokens) -> tuple["Array", "Array"]:
    """The sets of texts, one after the other, each in order (int64); and how large each is."""
    import numpy as np

    counts, hashes = tokens.counts, tokens.hashes
    padded = np.append(hashes, np.zeros(TOKENS - 1, np.uint64))
    mixed = padded[: len(hashes)] * np.uint64(TURNS[0])
    for step in range(1, TOKENS):
        mixed += padded[step : step + len(hashes)] * np.uint64(TURNS[step])
    ends = np.cumsum(counts)
    whole = np.ones(len(hashes), bool)
    for step in range(1, TOKENS):
        whole[ends[counts >= step] - step] = False
    # A text of fewer tokens has the run of all of them as its only shingle.
    for size in range(1, TOKENS):
        firsts = ends[counts == size] - size
        whole[firsts] = True
        mixed[firsts] = sum(hashes[firsts + step] * np.uint64(TURNS[step]) for step in range(size))
    return _distinct(mixed[whole], np.where(counts > 0, np.maximum(counts - (TOKENS - 1), 1), 0))


def _distinct(hashes: "Array", counts: "Array") -> tuple["Array", "Array"]:
    """The distinct numbers of 40 bits of each text's hashes, in order (int64); and how many."""
    import numpy as np

    texts = np.repeat(np.arange(len(counts), dtype=np.uint64), counts)
    rows = (texts << np.uint64(BITS)) | (_mixed(hashes) >> np.uint64(64 - BITS))
    rows.sort()
    if len(rows):
        rows = rows[np.append(True, rows[1:] != rows[:-1])]
    sizes = np.diff(np.searchsorted(rows >> np.uint64(BITS), np.arange(len(counts) + 1)))
    return (rows & np.uint64((1 << BITS) - 1)).astype(np.int64), sizes


def _sketch_rows(batch: pa.RecordBatch, block: Block, scopes: "Array", keys: int) -> pa.RecordBatch:
    import numpy as np

    chosen, counts, values, sizes = block
    firsts = np.cumsum(sizes) - sizes
    taken = np.minimum(sizes, keys)
    places = np.repeat(firsts - (np.cumsum(taken) - taken), taken) + np.arange(taken.sum())
    return pa.record_batch(
        [
            _numbers(batch, chosen),
            pa.array(scopes[chosen], pa.int64()),
            pa.array(counts.astype(np.int32)),
            pa.array(sizes.astype(np.int32)),
            pa.array(_set_hashes(values, sizes, firsts)),
            _lists(values[places], taken),
            _lists(values, sizes),
        ],
        SKETCHES,
    )


def _numbers(batch: pa.RecordBatch, places: "Array") -> pa.Array:
    return batch["doc_no"].cast(pa.int64()).take(pa.array(places))


def _set_hashes(values: "Array", sizes: "Array", firsts: "Array") -> "Array":
    """One number a set; equal sets have equal numbers. 0 is the empty set's."""
    import numpy as np

    found = np.zeros(len(sizes), np.int64)
    filled = np.flatnonzero(sizes)
    if len(filled):
        mixed = _mixed(values.astype(np.uint64) * np.uint64(TURNS[0]))
        sums = np.add.reduceat(mixed, firsts[filled]) >> np.uint64(1)
        found[filled] = sums.astype(np.int64)
    return found


def _lists(values: "Array", sizes: "Array") -> pa.Array:
    import numpy as np

    offsets = np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(values))


def _mixed(numbers: "Array") -> "Array":
    """The numbers with every bit depending on every other (the finaliser of MurmurHash3)."""
    import numpy as np

    found = numbers ^ (numbers >> np.uint64(33))
    found *= np.uint64(0xFF51AFD7ED558CCD)
    found ^= found >> np.uint64(33)
    found *= np.uint64(0xC4CEB9FE1A85EC53)
    found ^= found >> np.uint64(33)
    result: Array = found
    return result


def _nothing(schema: pa.Schema) -> pa.RecordBatch:
    return pa.record_batch([pa.array([], field.type) for field in schema], schema)
