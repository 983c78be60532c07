"""daft: IN OUT, its minhash of word trigrams, banded by numpy and not checked."""

import sys

import daft
import numpy as np

from benchmarks.near.result import write

HASHES, ROWS = 126, 9


def main(source: str, out: str) -> None:
    """Join texts whose band is equal, each with the first that has it."""
    frame = daft.read_parquet(source)
    sketch = daft.col("text").lower().minhash(num_hashes=HASHES, ngram_size=3, seed=1)
    table = frame.select(daft.col("doc_no"), sketch.alias("sketch")).to_arrow()
    numbers = table["doc_no"].to_numpy()
    hashes = table["sketch"].combine_chunks().flatten().to_numpy().reshape(-1, HASHES)
    one, other = [], []
    for band in range(0, HASHES, ROWS):
        part = np.ascontiguousarray(hashes[:, band : band + ROWS])
        keys = part.view(np.dtype((np.void, part.dtype.itemsize * ROWS))).ravel()
        _, first, group = np.unique(keys, return_index=True, return_inverse=True)
        leader = numbers[first][group.ravel()]
        near = leader != numbers
        one.append(leader[near])
        other.append(numbers[near])
    write(out, np.concatenate(one), np.concatenate(other))


if __name__ == "__main__":
    main(*sys.argv[1:])
