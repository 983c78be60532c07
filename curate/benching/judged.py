"""The configured judge on a benchmark: asked by the judge's own stage, read as a build reads it.

A benchmark's labels never reach the judge, and its votes never reach the workspace's pairs.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from annotate.quality.accuracy import RIGHT, TIE, UNSCORED, WRONG
from curate.benching.asked import Missing, Questions, take_questions
from curate.benching.benchmark import Benchmark, opened
from curate.benching.home import BenchWorkspace, emptied_home
from curate.benching.verdicts import joined_votes
from curate.ingest.answers import lost_candidate_id
from curate.judge.options import Options
from curate.judge.stage import LOCK, JudgeReport
from curate.locks import held
from curate.workspace import Workspace

Verdicts = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Taken:
    """A benchmark whose questions lie in the workspace `home`, to be asked there."""

    home: BenchWorkspace
    benchmark: Benchmark
    questions: Questions


@contextmanager
def taken(
    workspace: Workspace,
    benchmark: Benchmark,
    location: str,
    media_root: Path | None,
    missing: Missing,
    options: Options,
) -> Iterator[Taken]:
    """The questions pulled, while no other run of the workspace's judge goes on.

    Raises SourceError where media are missing, WorkspaceError where another run goes on.
    """
    with held(workspace.annotations / LOCK, "a judge run"):
        home = emptied_home(workspace)
        source = opened(location, media_root)
        yield Taken(
            home, benchmark, take_questions(home, benchmark, source, missing, options.now())
        )


def outcomes_of_judge(taken: Taken) -> list[int]:
    """Who wins each pair by the judge's votes: a pair without any is unscored.

    Where its orders disagree, or its ranking and its scores, it prefers neither: a tie.
    """
    verdicts, copies = _verdicts(taken.home)
    outcomes = []
    for pair in taken.benchmark.pairs:
        prompt_id = taken.questions.prompt_ids.get(pair.asked)
        found = [lost_candidate_id(prompt_id, text) for text in (pair.chosen, pair.rejected)]
        chosen, rejected = (copies.get(it, it) if it else None for it in found)
        outcomes.append(_outcome(verdicts, chosen, rejected))
    return outcomes


def run_of(report: JudgeReport, questions: Questions) -> dict[str, object]:
    """What asking the judge came to, for the bench report."""
    return {
        "planned": report.planned,
        "rated": report.rated,
        "cached": report.cached,
        "failed": dict(report.failed),
        "left": report.left,
        "calls": report.calls,
        "usd": None if report.usd is None else float(report.usd),
        "model_versions": report.findings.versions,
        "stopped": None if report.stopped is None else str(report.stopped),
        "left_out": dict(questions.left_out),
        "missing_media": questions.missing_media,
    }


def _outcome(verdicts: Verdicts, chosen: str | None, rejected: str | None) -> int:
    """Unscored where an answer could not be asked about, or where no vote came."""
    if chosen is None or rejected is None:
        return UNSCORED
    if chosen == rejected:
        return TIE
    one, other = sorted((chosen, rejected))
    said = verdicts.get((one, other))
    if said is None:
        return UNSCORED
    if said not in ("one", "other"):
        return TIE
    return RIGHT if (one if said == "one" else other) == chosen else WRONG


def _verdicts(home: BenchWorkspace) -> tuple[Verdicts, Mapping[str, str]]:
    """What votes come to by two candidate ids in order, and the survivor of each copy."""
    with joined_votes(home, {}) as engine:
        found = {(one, other): said for one, other, said in engine.rows("bench/outcomes")}
        return found, dict(engine.rows("bench/survivors"))
