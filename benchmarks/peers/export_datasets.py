"""The same rows by `datasets`: from_generator, then to_parquet. BUILD OUT CACHE."""

import shutil
import sys
from pathlib import Path

from datasets import Dataset

from benchmarks.peers.training_rows import FEATURES, rows


def main(build: str, out: Path, cache: str) -> None:
    """Write one Parquet file with decoded features."""
    shutil.rmtree(cache, ignore_errors=True)
    out.unlink(missing_ok=True)
    made = Dataset.from_generator(
        rows, features=FEATURES, gen_kwargs={"build": build}, cache_dir=cache
    )
    made.to_parquet(str(out))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
