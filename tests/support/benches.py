"""Benchmarks of a few rows, written for a test."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from curate.benching.benchmark import Benchmark, read_benchmark

Row = Mapping[str, Any]


def pair(chosen: str, rejected: str, id: str = "one", **more: Any) -> dict[str, Any]:  # noqa: A002
    """A row as MM-RLHF has it."""
    return {
        "id": id,
        "image": f"mcq/{id}.png",
        "prompt": "How many cups?",
        "chosen": chosen,
        "rejected": rejected,
        "chosen_reason": "",
        "rejected_reason": "",
        **more,
    }


def ranked(first: str, second: str, ranking: list[int], id: str = "RLAIF-V-1") -> dict[str, Any]:  # noqa: A002
    """A row as VL-RewardBench has it."""
    return {
        "id": id,
        "query": "How many cups?",
        "response": [first, second],
        "human_ranking": ranking,
        "models": ["a", "b"],
        "query_source": "COCO",
    }


def write_rows(path: Path, *rows: Row) -> Path:
    """The rows as lines of JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    return path


def benchmark(folder: Path, *rows: Row) -> Benchmark:
    """The rows written and read."""
    return read_benchmark(str(write_rows(folder / "pairs.jsonl", *rows)))
