"""The same rows by `datasets`: from_generator, then to_parquet. BUILD OUT CACHE."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from datasets import Dataset, Features, Image, List, Value

TURNS = List({"role": Value("string"), "content": Value("string")})
FEATURES = Features(
    {
        "images": List(Image()),
        "prompt": TURNS,
        "chosen": TURNS,
        "rejected": TURNS,
        "pair_id": Value("string"),
        "prompt_id": Value("string"),
        "margin": Value("float64"),
        "delta": Value("float64"),
        "prompt_weight": Value("float64"),
        "length_weight": Value("float64"),
    }
)


def rows(build: str) -> Iterator[dict[str, Any]]:
    """One training row a pair, its picture as bytes."""
    for batch in pq.ParquetFile(Path(build) / "pairs.parquet").iter_batches(500):
        for pair in batch.to_pylist():
            file = pair["media"][0]["file"]
            data = (Path(build) / "media" / file[:2] / file).read_bytes()
            words = [part["text"] for part in pair["messages"][0]["parts"] if part["text"]]
            yield {
                "images": [{"bytes": data, "path": file}],
                "prompt": [{"role": "user", "content": " ".join(words)}],
                "chosen": [{"role": "assistant", "content": pair["chosen"]}],
                "rejected": [{"role": "assistant", "content": pair["rejected"]}],
                "pair_id": pair["pair_id"],
                "prompt_id": pair["prompt_id"],
                "margin": None,
                "delta": None,
                "prompt_weight": float(pair["prompt_weight"]),
                "length_weight": float(pair["length_weight"]),
            }


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
