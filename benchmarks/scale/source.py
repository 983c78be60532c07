"""A source in the native layout as Parquet shards, the same for the same size: FOLDER PROMPTS.

Four answers of 200 to 600 characters a prompt, rated by the source on the workspace's rubric, and
one picture inside the row; a fifth of the prompts ask one of fifty common questions.
"""

import sys
from multiprocessing import Pool
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from benchmarks.answers import MODELS
from benchmarks.arrays import named, texts, vocabulary
from benchmarks.scale.pictures import drawn
from benchmarks.votes import METRICS, STEPS

SHARD, BLOCK = 20_000, 1_000
ANSWERS = len(MODELS)
COMMON, COMMON_SHARE = 50, 0.2
COPIED_SHARE = 0.05
QUESTION_WORDS, ANSWER_WORDS = (8, 30), (32, 88)
CATEGORIES = ("chart", "scene", "text", "counting", "safety")
RATER = "source-model"


def write_source(folder: Path, prompts: int, processes: int = 2) -> None:
    """Write the shards below `folder`, which must not be there yet."""
    folder.mkdir(parents=True)
    shards = [(folder, start, min(SHARD, prompts - start)) for start in range(0, prompts, SHARD)]
    with Pool(processes) as pool:
        pool.starmap(_write_shard, shards)


def _write_shard(folder: Path, start: int, count: int) -> None:
    path = folder / f"part-{start // SHARD:05}.parquet"
    first = _rows(start, min(BLOCK, count))
    with pq.ParquetWriter(path, first.schema, compression="zstd") as writer:
        writer.write_table(first)
        for at in range(BLOCK, count, BLOCK):
            writer.write_table(_rows(start + at, min(BLOCK, count - at)))


def _rows(start: int, count: int) -> pa.Table:
    """The prompts from number `start` on, drawn by that number alone."""
    rng = np.random.default_rng(start)
    pictures = drawn(rng, count)
    return pa.table(
        {
            "key": pa.array([f"q{number}" for number in range(start, start + count)]),
            "prompt": _questions(rng, count),
            "images": pa.array(
                [[] if data is None else [{"bytes": data, "path": None}] for data in pictures],
                pa.list_(pa.struct([("bytes", pa.binary()), ("path", pa.string())])),
            ),
            "attributes": pa.StructArray.from_arrays(
                [named(list(CATEGORIES), rng.integers(0, len(CATEGORIES), count))], ["category"]
            ),
            "responses": _responses(rng, count),
        }
    )


def _questions(rng: np.random.Generator, count: int) -> pa.Array:
    keys = rng.integers(0, 2**63, count, dtype=np.uint64)
    common = rng.random(count) < COMMON_SHARE
    return texts(vocabulary(), np.where(common, keys % COMMON, keys), *QUESTION_WORDS)


def _responses(rng: np.random.Generator, count: int) -> pa.ListArray:
    keys = rng.integers(0, 2**63, (count, ANSWERS), dtype=np.uint64)
    copied = np.zeros((count, ANSWERS), dtype=bool)
    copied[:, -1] = rng.random(count) < COPIED_SHARE
    keys = np.where(copied, keys[:, :1], keys)
    plain = texts(vocabulary(), keys.reshape(-1), *ANSWER_WORDS)
    answers = pa.StructArray.from_arrays(
        [
            pc.binary_join_element_wise(plain, named(["", "\n"], copied), ""),
            named(list(MODELS), np.tile(np.arange(ANSWERS), count)),
            _ratings(rng.integers(0, STEPS, (count * ANSWERS, len(METRICS)))),
        ],
        ["text", "model", "ratings"],
    )
    return _lists(answers, ANSWERS)


def _ratings(values: NDArray[np.int64]) -> pa.ListArray:
    """The source's one rating of each answer."""
    scores = [pa.array(values[:, place]) for place in range(len(METRICS))]
    rater = named([RATER], np.zeros(len(values)))
    return _lists(pa.StructArray.from_arrays([rater, *scores], ["rater", *METRICS]), 1)


def _lists(values: pa.Array, each: int) -> pa.ListArray:
    starts = np.arange(len(values) // each + 1, dtype=np.int32) * each
    return pa.ListArray.from_arrays(pa.array(starts), values)


if __name__ == "__main__":
    write_source(Path(sys.argv[1]), int(sys.argv[2]))
