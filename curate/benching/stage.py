"""`curate bench`: one judge on one benchmark, by whatever kind of judge was named."""

from pathlib import Path

from curate.benching.baselines import COIN, FIRST, LONGER, outcomes_of
from curate.benching.benchmark import Benchmark, read_benchmark
from curate.benching.report import BenchReport, report_of
from curate.benching.scores_file import read_scores
from curate.benching.scores_match import matched
from schemas.errors import UsageError, did_you_mean

JUDGE = "judge"
WORDS = (JUDGE, LONGER, FIRST, COIN)


def bench(judge: str, location: str, *, seed: int = 0) -> BenchReport:
    """A baseline's or a scores file's report. Raises SourceError, UsageError for an unknown word."""
    if judge in (LONGER, FIRST, COIN):
        benchmark = read_benchmark(location)
        return report_of(judge, benchmark, outcomes_of(judge, benchmark, seed), seed=seed)
    if not Path(judge).exists():
        raise UsageError(
            f"JUDGE {judge!r} is no scores file that is there and no judge",
            did_you_mean(judge, WORDS),
        )
    return _of_file(judge, read_benchmark(location), seed)


def _of_file(path: str, benchmark: Benchmark, seed: int) -> BenchReport:
    found = matched(benchmark, read_scores(path))
    notes = []
    if found.strangers:
        notes.append(f"{found.strangers:,} rows of {path} are about no pair of the benchmark")
    run = {"matched_by": found.by, "strangers": found.strangers}
    return report_of(path, benchmark, found.outcomes, seed=seed, notes=notes, run=run)
