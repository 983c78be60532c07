"""Neighbours among random looks, some of them near another: COUNT."""

import sys
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa

from curate.engines.duckdb import DuckDBEngine
from curate.kernels.looks import GRID_BYTES, VIEWS
from curate.near.pictures import link_pictures
from curate.parameters import RADIUS

PLANTED = 20


def main(count: str) -> None:
    """One in twenty differs in three bits from another, its grid the same; all must be found."""
    total = int(count)
    chance = np.random.default_rng(1)
    hashes = chance.integers(-(2**63), 2**63, (total, VIEWS), dtype=np.int64)
    grids = chance.integers(0, 256, (total, VIEWS * GRID_BYTES), dtype=np.uint8)
    planted = total // PLANTED
    hashes[:planted] = hashes[planted : 2 * planted] ^ 0b100000000100001
    grids[:planted] = grids[planted : 2 * planted]
    looks = pa.table(
        {
            "picture_no": np.arange(1, total + 1),
            "hashes": pa.FixedSizeListArray.from_arrays(pa.array(hashes.ravel()), VIEWS).cast(
                pa.list_(pa.int64())
            ),
            "grids": pa.FixedSizeBinaryArray.from_buffers(
                pa.binary(VIEWS * GRID_BYTES), total, [None, pa.py_buffer(grids.tobytes())]
            ).cast(pa.binary()),
            "width": np.full(total, 4),
            "height": np.full(total, 3),
        }
    )
    with tempfile.TemporaryDirectory() as scratch:
        engine = DuckDBEngine(Path(scratch), {})
        engine.put("given_looks", looks)
        link_pictures(engine, "select * from given_looks", RADIUS)
        print(f"{engine.count('look_edges'):,} of {planted:,} planted found", file=sys.stderr)
        engine.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
