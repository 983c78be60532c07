"""What lmms-eval found, out of its own files, in one table.

A file holds `results` {task: {"metric,filter": value, "metric_stderr,filter": error}}; a value may
be a number, a text or a list, and is null here where it is no number.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from align.evaluation.benchmarks import KNOWN, Benchmark
from align.evaluation.text_table import text_table
from schemas.base import Record
from schemas.errors import AlignError

PATTERN = "*_results.json"
ERROR = "_stderr"
COLUMNS = ("benchmark", "metric", "value", "stderr", "n", "better")


class LmmsScore(Record):
    """One metric of one benchmark. `metric` is ours where the benchmark is one of the papers'.

    `n` are the samples it is over, `partial` that a limit left some out; `higher_is_better` is null
    where lmms-eval does not say. `file` is the file it stands in.
    """

    benchmark: str
    task: str
    metric: str
    value: float | None
    stderr: float | None
    higher_is_better: bool | None
    n: int | None
    partial: bool
    file: str


class LmmsReport(Record):
    """All that was found below a folder; of a task that was run twice the newest."""

    model: str
    scores: tuple[LmmsScore, ...]


def read_results(folder: Path, model: str) -> LmmsReport:
    """The table of every results file below the folder. Raises AlignError where there is none."""
    newest: dict[str, list[LmmsScore]] = {}
    for path in sorted(folder.rglob(PATTERN), key=lambda path: path.name):
        newest.update(_scores_of(path))
    if not newest:
        raise AlignError(f"{folder}: no results of lmms-eval ({PATTERN})", "run it first")
    order = [*KNOWN, *sorted(set(newest) - set(KNOWN))]
    scores = [score for task in order for score in newest.get(task, ())]
    return LmmsReport(model=model, scores=tuple(scores))


def as_text(report: LmmsReport) -> str:
    """The table as people read it."""
    rows = [
        (
            score.benchmark,
            score.metric,
            score.value,
            score.stderr,
            score.n,
            {True: "higher", False: "lower", None: ""}[score.higher_is_better]
            + (" (partial)" if score.partial else ""),
        )
        for score in report.scores
    ]
    return f"{report.model} on lmms-eval\n\n{text_table(COLUMNS, rows)}"


def _scores_of(path: Path) -> dict[str, list[LmmsScore]]:
    """By task. Groups have no values of their own and are passed over."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        tasks = found["results"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise _no_results(path) from error
    if not isinstance(tasks, dict):
        raise _no_results(path)
    scores = {task: list(_of_task(task, values, found, path)) for task, values in tasks.items()}
    return {task: rows for task, rows in scores.items() if rows}


def _no_results(path: Path) -> AlignError:
    return AlignError(f"{path}: no results of lmms-eval", "remove the file")


def _of_task(task: str, values: Any, found: Mapping[str, Any], path: Path) -> Iterator[LmmsScore]:
    if not isinstance(values, dict):
        return
    known = KNOWN.get(task) or Benchmark(task, task, ())
    better = _mapping(_mapping(found.get("higher_is_better")).get(task))
    samples = _mapping(_mapping(found.get("n-samples")).get(task))
    n, of = samples.get("effective"), samples.get("original")
    for key in _ordered(values, known):
        metric, _, filtered = key.partition(",")
        higher = better.get(metric)
        yield LmmsScore(
            benchmark=known.name,
            task=task,
            metric=known.metrics.get(metric, metric),
            value=_number(values[key]),
            stderr=_number(values.get(f"{metric}{ERROR},{filtered}")),
            higher_is_better=higher if isinstance(higher, bool) else None,
            n=n if isinstance(n, int) else None,
            partial=isinstance(n, int) and isinstance(of, int) and n < of,
            file=path.name,
        )


def _ordered(values: Mapping[str, Any], known: Benchmark) -> Sequence[str]:
    """The keys that are metrics: of a paper's benchmark the ones it tells, else all."""
    keys = [key for key in values if "," in key and ERROR not in key]
    if not known.metrics:
        return keys
    places = list(known.metrics)
    told = [key for key in keys if key.partition(",")[0] in known.metrics]
    return sorted(told, key=lambda key: places.index(key.partition(",")[0]))


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:  # a whole number may be greater than any float
        return None
    return number if math.isfinite(number) else None
