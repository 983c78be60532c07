"""rensa: IN OUT, RMinHash of word trigrams and its LSH."""

import sys

import pyarrow.parquet as pq
from rensa import RMinHash, RMinHashLSH

from benchmarks.near.result import THRESHOLD, shingles_of, write

BANDS, PERMUTATIONS = 14, 126
"""Bands of 9, as daft's."""


def main(source: str, out: str) -> None:
    """Ask the index of each text before it goes in."""
    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)
    one, other = [], []
    for batch in pq.ParquetFile(source).iter_batches(columns=["doc_no", "text"]):
        for number, text in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            sketch = RMinHash(num_perm=PERMUTATIONS, seed=1)
            sketch.update(list(set(shingles_of(text))))
            for near in index.query(sketch):
                one.append(near)
                other.append(number)
            index.insert(number, sketch)
    write(out, one, other)


if __name__ == "__main__":
    main(*sys.argv[1:])
