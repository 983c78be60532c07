"""Preferences of benchmarks, and scores of them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.fuzz.seeds.rows import layout_rows
from tests.fuzz.values import bytes_of
from tests.fuzz.words import WORDS
from tests.support import layout_examples

Seeds = Iterator[bytes]


def _bench_rows() -> Seeds:
    for name in ("trl", "vl-rewardbench", "mm-rlhf"):
        yield bytes_of(layout_rows()[name], WORDS["layouts"])
    yield bytes_of([_build_row()], WORDS["layouts"])


def _build_row() -> dict[str, Any]:
    part = {"type": "text", "text": "How many?", "media_index": None}
    return {
        "pair_id": "p",
        "prompt_id": "q",
        "messages": [{"role": "user", "parts": [part]}],
        "media": [],
        "chosen": "Three.",
        "rejected": "Two.",
        "attributes": {"category": "count"},
    }


def _bench_scores() -> Seeds:
    words = WORDS["layouts"]
    benches = [layout_rows()["trl"][1:2], [{**layout_examples.PAIR, "pair_id": "p"}]]
    given = (
        [{"chosen_score": 1, "rejected_score": "0.5"}],
        [{"id": "demo/set1/0001.png_42", "rewards": [1, None]}],
        [
            {
                "pair_id": "p",
                "chosen": "Three.",
                "rejected": "Two.",
                "chosen_reward": 1,
                "rejected_reward": 0,
            }
        ],
        [{"response": "Three.", "score": 1}, {"response": "Two.", "score": 0}],
    )
    for bench in benches:
        yield from (bytes_of(bench, words) + bytes_of(rows, words) for rows in given)


SEEDS: Mapping[str, Callable[[], Seeds]] = {
    "bench_rows": _bench_rows,
    "bench_scores": _bench_scores,
}
