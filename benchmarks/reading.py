"""Shuffled rows as a trainer draws them, through `datasets`: FILES.

A stream over row groups (`reshard`), shuffled: each draw is a batch of rows from elsewhere in the
set, as the first batches of an epoch are, of a run that goes on, or of a worker of its own.
"""

import sys

from datasets import load_dataset

DRAWS, BATCH, BUFFER = 20, 32, 64


def main(files: str) -> int:
    """Read `DRAWS` batches of `BATCH` rows, pictures decoded; how many rows came."""
    stream = load_dataset("parquet", data_files={"train": files}, split="train", streaming=True)
    count = 0
    for seed in range(DRAWS):
        shuffled = stream.reshard().shuffle(seed=seed, buffer_size=BUFFER)
        count += sum(len(row["images"]) for row in shuffled.take(BATCH))
    return count


if __name__ == "__main__":
    sys.stdout.write(f"{main(sys.argv[1])} rows\n")
