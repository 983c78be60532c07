"""A build with pictures, made for the export: FOLDER COUNT. Noisy JPEGs of about 115 kB."""

import hashlib
import io
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image

from schemas.arrow import table_schema

SIDE = (496, 372)
BLOCK = 500


def main(folder: Path, count: int) -> None:
    """Write pairs.parquet, an empty ties.parquet and media/ below `folder`."""
    store = folder / "media"
    generator = np.random.default_rng(0)
    schema = table_schema("pairs")
    folder.mkdir(parents=True, exist_ok=True)
    with pq.ParquetWriter(folder / "pairs.parquet", schema, compression="zstd") as writer:
        for start in range(0, count, BLOCK):
            block = range(start, min(start + BLOCK, count))
            rows = [_pair(number, _picture(store, generator)) for number in block]
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
    pq.write_table(table_schema("ties").empty_table(), folder / "ties.parquet")


def _picture(store: Path, generator: np.random.Generator) -> tuple[str, str]:
    noise = generator.integers(0, 256, (SIDE[1], SIDE[0], 3), dtype=np.uint8)
    target = io.BytesIO()
    Image.fromarray(noise).save(target, "JPEG", quality=72)
    digest = hashlib.sha256(target.getvalue()).hexdigest()
    path = store / digest[:2] / f"{digest}.jpg"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(target.getvalue())
    return digest, path.name


def _pair(number: int, picture: tuple[str, str]) -> dict[str, object]:
    digest, file = picture
    chosen, rejected = (_id(f"{number} {side}") for side in ("chosen", "rejected"))
    parts = [{"type": "media", "media_index": 0}, {"type": "text", "text": f"What is on {number}?"}]
    return {
        "pair_id": _id(f"pair {number}"),
        "prompt_id": _id(f"prompt {number}"),
        "split": "train",
        "component": _id(f"prompt {number}"),
        "messages": [{"role": "user", "parts": parts}],
        "media": [
            {
                "kind": "image",
                "sha256": digest,
                "file": file,
                "path": f"{number}.jpg",
                "width": SIDE[0],
                "height": SIDE[1],
                "frames": [],
            }
        ],
        "chosen": f"The answer with more to it, number {number}. " * 5,
        "rejected": f"The other answer, number {number}. " * 4,
        "chosen_id": chosen,
        "rejected_id": rejected,
        "chosen_models": ["large"],
        "rejected_models": ["small"],
        "chosen_scores": [],
        "rejected_scores": [],
        "margin_raw": 3,
        "margin": None,
        "tier_gap": None,
        "n_raters": 1,
        "agreement": 1,
        "level": "human",
        "rationales": [],
        "source": "bench",
        "attributes": [],
        "provenance": [],
        "prompt_weight": 1,
        "length_weight": 1,
        "policy": "mllm-dpo",
    }


def _id(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
