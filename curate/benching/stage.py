"""`curate bench`: one judge on one benchmark, by whatever kind of judge was named."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from curate.benching.asked import Missing
from curate.benching.baselines import COIN, FIRST, LONGER, outcomes_of
from curate.benching.benchmark import Benchmark, read_benchmark
from curate.benching.judged import Taken, outcomes_of_judge, run_of, taken
from curate.benching.report import BenchReport, report_of
from curate.benching.scores_file import read_scores
from curate.benching.scores_match import matched
from curate.judge.dry_run import DryRun, dry_run
from curate.judge.members import members_of
from curate.judge.options import Options as JudgeOptions
from curate.judge.stage import JudgeReport, judge
from curate.workspace import Workspace
from schemas.counted import counted
from schemas.errors import PairwrightError, UsageError, did_you_mean

JUDGE = "judge"
WORDS = (JUDGE, LONGER, FIRST, COIN)


@dataclass(frozen=True, slots=True)
class Options:
    """`seed` is of the coin and of the intervals. `asking` is for the configured judge alone."""

    seed: int = 0
    missing: Missing = "fail"
    media_root: Path | None = None
    asking: JudgeOptions = field(default_factory=JudgeOptions)


def bench(name: str, location: str, options: Options) -> BenchReport:
    """A baseline's or a scores file's report. Raises SourceError, UsageError for no judge."""
    if name in (LONGER, FIRST, COIN):
        benchmark = read_benchmark(location)
        outcomes = outcomes_of(name, benchmark, options.seed)
        return report_of(name, benchmark, outcomes, seed=options.seed)
    if not Path(name).exists():
        raise UsageError(
            f"JUDGE {name!r} is no scores file that is there and no judge",
            did_you_mean(name, WORDS),
        )
    return _of_file(name, read_benchmark(location), options.seed)


def bench_judge(
    workspace: Workspace, location: str, options: Options
) -> tuple[BenchReport, PairwrightError | None]:
    """The configured judge's report, and what stopped it on its way, null where nothing did.

    Raises as the judge's stage does, SourceError for the benchmark.
    """
    members_of(workspace.settings.config.judge)
    benchmark = read_benchmark(location, options.media_root)
    with _taken(workspace, benchmark, location, options) as given:
        asked = judge(given.home, options.asking)
        outcomes = outcomes_of_judge(given)
    names = ", ".join(asked.findings.versions) or JUDGE
    report = report_of(
        names,
        benchmark,
        outcomes,
        seed=options.seed,
        notes=_notes(asked, given),
        run=run_of(asked, given.questions),
    )
    return report, asked.stopped


def foresee(workspace: Workspace, location: str, options: Options) -> DryRun:
    """What asking the configured judge would take; the questions are read, and nothing is sent."""
    benchmark = read_benchmark(location, options.media_root)
    with _taken(workspace, benchmark, location, options) as given:
        return dry_run(given.home, options.asking)


def _taken(
    workspace: Workspace, benchmark: Benchmark, location: str, options: Options
) -> AbstractContextManager[Taken]:
    return taken(
        workspace, benchmark, location, options.media_root, options.missing, options.asking
    )


def _notes(asked: JudgeReport, given: Taken) -> list[str]:
    notes = list(asked.warnings)
    if asked.left:
        notes.append(
            f"{counted(asked.left, 'judgement is', 'judgements are')} still to come: run it again"
        )
    if missing := given.questions.missing_media:
        notes.append(
            counted(
                missing,
                "medium is not there: its questions were asked without it",
                "media are not there: their questions were asked without them",
            )
        )
    if left_out := given.questions.left_out:
        counts = ", ".join(f"{reason} {count:,}" for reason, count in sorted(left_out.items()))
        notes.append(f"not asked: {counts}")
    if asked.failed:
        counts = ", ".join(f"{reason} {count:,}" for reason, count in asked.failed.items())
        notes.append(f"judgements that did not come: {counts}; --retry-failed asks them again")
    return notes


def _of_file(path: str, benchmark: Benchmark, seed: int) -> BenchReport:
    found = matched(benchmark, read_scores(path))
    notes = []
    if found.strangers:
        notes.append(
            counted(found.strangers, f"row of {path} is", f"rows of {path} are")
            + " about no pair of the benchmark"
        )
    run = {"matched_by": found.by, "strangers": found.strangers}
    return report_of(path, benchmark, found.outcomes, seed=seed, notes=notes, run=run)
