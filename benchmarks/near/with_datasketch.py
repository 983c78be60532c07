"""datasketch: IN OUT, MinHash of word trigrams and its LSH."""

import sys

import pyarrow.parquet as pq
from datasketch import MinHash, MinHashLSH

from benchmarks.near.result import PERMUTATIONS, THRESHOLD, shingles_of, write


def main(source: str, out: str) -> None:
    """Ask the index of each text before it goes in."""
    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    one, other = [], []
    for batch in pq.ParquetFile(source).iter_batches(columns=["doc_no", "text"]):
        for number, text in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            sketch = MinHash(num_perm=PERMUTATIONS)
            sketch.update_batch([shingle.encode() for shingle in set(shingles_of(text))])
            for near in index.query(sketch):
                one.append(near)
                other.append(number)
            index.insert(number, sketch)
    write(out, one, other)


if __name__ == "__main__":
    main(*sys.argv[1:])
