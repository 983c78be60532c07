"""Keys by which hashes that differ in a few of their 64 bits find each other.

A hash is cut into four bands of 16 bits, in two ways: as the bits lie, and every fourth bit. One
side brings its bands as they are, the other also with any one bit turned. So two hashes meet where
some band of theirs differs in one bit at most: always up to 7 bits, and 9 times in 10 at 10 bits
(multi-index hashing; Norouzi, Punjani and Fleet 2012). Views of a part are cut in one way only.
"""

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from curate.kernels.base import Kernel

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

BANDS, WIDTH = 4, 16
WAYS = 2
WHOLE_VIEWS = 2

KEYS = pa.schema([("picture_no", pa.int64()), ("hash", pa.int64()), ("key", pa.int64())])
PROBES = pa.schema([*KEYS, ("view", pa.int8())])


def bands(hashes: "Array") -> "Array":
    """The bands of hashes (n,), both ways, as int64 (n, 8), the band's number above its bits."""
    import numpy as np

    bits = np.unpackbits(
        np.ascontiguousarray(hashes, "<i8").view(np.uint8).reshape(-1, 8), axis=1, bitorder="little"
    )
    straight = bits.reshape(-1, BANDS, WIDTH)
    strided = bits.reshape(-1, WIDTH, BANDS).transpose(0, 2, 1)
    packed = np.packbits(np.concatenate((straight, strided), axis=1), axis=2, bitorder="little")
    values = np.ascontiguousarray(packed).view("<u2")[:, :, 0].astype(np.int64)
    return values | (np.arange(WAYS * BANDS, dtype=np.int64) << WIDTH)


def turns() -> pa.Table:
    """What turns no bit of a band, and each single one: a row each (17)."""
    return pa.table({"turn": pa.array([0, *(1 << bit for bit in range(WIDTH))], pa.int64())})


def _key_rows(batch: pa.RecordBatch) -> pa.RecordBatch:
    import numpy as np

    hashes = batch["hash"].to_numpy()
    keys = bands(hashes)
    numbers = np.repeat(batch["picture_no"].to_numpy(), keys.shape[1])
    columns = [numbers, np.repeat(hashes, keys.shape[1]), keys.ravel()]
    return pa.record_batch([pa.array(it) for it in columns], KEYS)


def _probe_rows(batch: pa.RecordBatch) -> pa.RecordBatch:
    import numpy as np

    views = np.repeat(batch["view"].to_numpy().astype(np.int8), WAYS * BANDS)
    ways = np.tile(np.repeat(np.arange(WAYS), BANDS), batch.num_rows)
    rows = _key_rows(batch).add_column(len(KEYS), PROBES.field("view"), pa.array(views))
    return rows.filter(pa.array((views < WHOLE_VIEWS) | (ways == 0)))


BAND_KEYS = Kernel(KEYS, _key_rows)
"""In: picture_no, hash. Out: a row a band."""

BAND_PROBES = Kernel(PROBES, _probe_rows)
"""In: picture_no, hash, view. Out: a row a band; `turns` go over each in SQL."""
