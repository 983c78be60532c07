"""What a judge reaches on a benchmark: overall, by category, and beside the baselines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotate.quality.accuracy import Accuracy, accuracy, macro_average
from curate.benching.baselines import COIN, FIRST, LONGER, Expected, expected_of_coin, first, longer
from curate.benching.benchmark import Benchmark
from curate.benching.faults import Fault, faults
from curate.benching.published import Published, published_about


@dataclass(frozen=True, slots=True)
class Scores:
    """One judge's accuracy over all pairs and by category."""

    overall: Accuracy
    by_category: Mapping[str, Accuracy]

    @property
    def macro(self) -> tuple[float, float] | None:
        """Means of ACC and ACC+ over categories; null with fewer than two."""
        parts = list(self.by_category.values())
        if len(parts) < 2:
            return None
        return (
            macro_average([part.acc.value for part in parts]),
            macro_average([part.acc_plus.value for part in parts]),
        )


@dataclass(frozen=True, slots=True)
class BenchReport:
    """One judge on one benchmark. `first` is null where no shown order is known."""

    judge: str
    benchmark: Benchmark
    scores: Scores
    longer: Scores
    first: Scores | None
    coin: Expected
    faults: Sequence[Fault]
    published: Sequence[Published]
    notes: Sequence[str] = ()
    run: Mapping[str, Any] = field(default_factory=dict)


def report_of(
    judge: str,
    benchmark: Benchmark,
    outcomes: Sequence[int],
    *,
    seed: int,
    notes: Sequence[str] = (),
    run: Mapping[str, Any] | None = None,
) -> BenchReport:
    """The report of a judge whose outcome on every pair is known."""
    shown = first(benchmark)
    return BenchReport(
        judge=judge,
        benchmark=benchmark,
        scores=scores_of(benchmark, outcomes, seed),
        longer=scores_of(benchmark, longer(benchmark), seed),
        first=None if shown is None else scores_of(benchmark, shown, seed),
        coin=expected_of_coin(benchmark.pairs),
        faults=faults(benchmark),
        published=published_about(benchmark),
        notes=notes,
        run=run or {},
    )


def scores_of(benchmark: Benchmark, outcomes: Sequence[int], seed: int) -> Scores:
    """A judge's accuracy, over all and by category; a row without category is in none."""
    prompts = benchmark.prompts
    by_category = {}
    for category in benchmark.categories:
        rows = [n for n, pair in enumerate(benchmark.pairs) if pair.category == category]
        by_category[category] = accuracy(
            [outcomes[row] for row in rows], [prompts[row] for row in rows], seed=seed
        )
    return Scores(accuracy(outcomes, prompts, seed=seed), by_category)


def payload(report: BenchReport) -> dict[str, Any]:
    """The keys of DESIGN 6 for `bench`, and what else a program may want."""
    macro = report.scores.macro
    return {
        "judge": report.judge,
        "benchmark": report.benchmark.name,
        **_accuracy(report.scores.overall),
        "macro": macro and {"acc": macro[0], "acc_plus": macro[1]},
        "by_category": {name: _accuracy(part) for name, part in report.scores.by_category.items()},
        "baselines": {
            LONGER: _baseline(report.longer),
            FIRST: None if report.first is None else _baseline(report.first),
            COIN: {"acc": report.coin.acc, "acc_plus": report.coin.acc_plus},
        },
        "published": {
            one.judge: {"acc": one.acc, "acc_plus": one.acc_plus} for one in report.published
        },
        "faults": {fault.name: fault.rows for fault in report.faults},
        "first_rows": {fault.name: fault.first for fault in report.faults},
        "unread": dict(report.benchmark.unread),
        "run": dict(report.run) or None,
        "notes": list(report.notes),
    }


def _baseline(scores: Scores) -> dict[str, Any]:
    parts = {name: _accuracy(part) for name, part in scores.by_category.items()}
    return {**_accuracy(scores.overall), "by_category": parts}


def _accuracy(found: Accuracy) -> dict[str, Any]:
    shares = {"acc": found.acc, "acc_plus": found.acc_plus, "ties_half": found.ties_half}
    return {
        "pairs": found.pairs,
        "prompts": found.prompts,
        "right": found.right,
        "ties": found.ties,
        "unscored": found.unscored,
        "whole": found.whole,
        **{name: share.value for name, share in shares.items()},
        "intervals": {name: share.interval for name, share in shares.items()},
    }
