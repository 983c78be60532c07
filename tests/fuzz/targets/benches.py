"""Benchmarks and scores of them: every row is a pair or counted, every score a finite number."""

import json
import math
from collections.abc import Callable
from typing import Any

from curate.benching.benchmark import Benchmark, prompt_key, read_benchmark
from curate.benching.faults import contradicted_prompts, faults
from curate.benching.row import BenchRow
from curate.benching.rows import bench_rows
from curate.benching.scores_file import Scored, read_scores
from curate.benching.scores_match import matched
from curate.sources.record import SourceDrop
from schemas.errors import SourceError
from tests.fuzz.laws import SCRATCH, holds, is_told, known_reasons
from tests.fuzz.values import Reader
from tests.fuzz.words import WORDS
from tests.support.source_input import MemorySource


def rows(data: bytes) -> None:
    """Rows as values, with pictures as bytes in them."""
    value = Reader(data, WORDS["layouts"]).value()
    given = [row for row in _list(value) if isinstance(row, dict)]
    try:
        found = list(bench_rows(MemorySource({"bench.jsonl": given})))
    except SourceError as error:
        is_told(error)
        return
    holds(len(found) == len(given))
    known_reasons(row.reason for row in found if isinstance(row, SourceDrop))
    for row in found:
        if isinstance(row, BenchRow):
            holds(isinstance(prompt_key(row), str))


def scores(data: bytes) -> None:
    """A file of scores beside a benchmark: a winner a pair, or the file refused."""
    reader = Reader(data, WORDS["layouts"])
    benchmark = _benchmark(reader.value())
    given = _scores(reader.value())
    if given is None:
        return
    for row in given:
        holds(all(score is None or math.isfinite(score) for score in row.scores))
    if benchmark is None:
        return
    holds(all(fault.rows > 0 for fault in faults(benchmark)))
    holds(contradicted_prompts(benchmark.pairs) <= set(benchmark.prompts))
    try:
        found = matched(benchmark, given)
    except SourceError as error:
        is_told(error)
        return
    holds(len(found.outcomes) == len(benchmark.pairs))
    holds(0 <= found.strangers <= len(given))


def _benchmark(value: Any) -> Benchmark | None:
    path = SCRATCH.file("bench/bench.jsonl", _lines(value))
    try:
        return read_benchmark(str(path))
    except SourceError as error:
        is_told(error)
        return None


def _scores(value: Any) -> list[Scored] | None:
    path = SCRATCH.file("bench/scores.jsonl", _lines(value))
    try:
        return read_scores(str(path))
    except SourceError as error:
        is_told(error)
        return None


def _lines(value: Any) -> bytes:
    return b"".join(json.dumps(row, default=repr).encode() + b"\n" for row in _list(value))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


TARGETS: dict[str, Callable[[bytes], None]] = {"bench_rows": rows, "bench_scores": scores}
