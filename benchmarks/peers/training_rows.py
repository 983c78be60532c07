"""A build's pairs as training rows, for those who write them with another library."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from datasets import Features, Image, List, Value

TURNS = List({"role": Value("string"), "content": Value("string")})
FEATURES = Features(
    {
        "images": List(Image()),
        "prompt": TURNS,
        "chosen": TURNS,
        "rejected": TURNS,
        "pair_id": Value("string"),
        "prompt_id": Value("string"),
        "component": Value("string"),
        "delta_source": Value("string"),
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
                "component": pair["component"],
                "delta_source": None,
                "margin": None,
                "delta": None,
                "prompt_weight": float(pair["prompt_weight"]),
                "length_weight": float(pair["length_weight"]),
            }
