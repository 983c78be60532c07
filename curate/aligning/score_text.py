"""What people and programs read of a run of scoring."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from curate.aligning.chance import chance_warning
from curate.aligning.record import read_record
from curate.console import Console
from curate.hints import command
from schemas.counted import counted

if TYPE_CHECKING:  # what scores takes seconds to load
    from curate.aligning.pair_scores import PairsReport
    from curate.aligning.reward_run import RewardRun
    from curate.aligning.scoring import ScoreReport

UNUSED = (
    "To use none of them: [score] reward_deltas = false. [score] reward_model names another "
    "model's."
)


def show_scores(console: Console, run: "RewardRun", report: "ScoreReport", workspace: Path) -> None:
    """Say what a run of scoring a build came to."""
    known = f", {counted(report.cached, 'was', 'were')} scored before" if report.cached else ""
    console.say(
        f"Scored {counted(report.scored, 'answer')} of {counted(report.prompts, 'prompt')} "
        f"by {run.rater.id} "
        f"(version {str(run.rater.version)[:12]}){known}."
    )
    _reasons(console, "got no score", report.failed)
    _reasons(console, "could not be read", report.left_out)
    _cut(console, report.cut, run)
    in_sample = report.claims["in_sample"]
    if in_sample:
        scores = counted(
            in_sample,
            "score is by a model that trained on its prompt, and gives",
            "scores are by a model that trained on their prompts, and give",
        )
        console.warn(f"{scores} no delta; train with --folds 2 or more")
    record = read_record(run.folder) or {}
    for line in chance_warning(record["result"], run.mode):
        console.warn(line)
    if report.path is not None:
        told = command("curate", "build", workspace=workspace)
        console.say(f"In {report.path}. They give pairs their delta with: {told}")
        console.say(UNUSED)
    console.result(
        {
            "rater": run.rater.model_dump(mode="json"),
            "path": None if report.path is None else str(report.path),
            "prompts": report.prompts,
            "scored": report.scored,
            "cached": report.cached,
            "cross_fitted": report.claims["cross_fitted"],
            "in_sample": in_sample,
            "failed": dict(report.failed),
            "left_out": dict(report.left_out),
            "cut": report.cut,
        }
    )


def show_pairs(console: Console, run: "RewardRun", report: "PairsReport", location: str) -> None:
    """Say what a run of scoring a benchmark came to."""
    console.say(f"Scored {report.scored:,} of {report.pairs:,} pairs by {run.rater.id}.")
    _reasons(console, "got no score", report.failed)
    _reasons(console, "could not be read", report.left_out)
    _cut(console, report.cut, run)
    if report.in_sample:
        console.warn(
            counted(
                report.in_sample,
                "pair is about a prompt that the model trained on",
                "pairs are about prompts that the model trained on",
            )
        )
    told = command("curate", "bench", report.path, location)
    console.say(f"In {report.path}. Grade them with: {told}")
    console.result(
        {
            "rater": run.rater.model_dump(mode="json"),
            "path": str(report.path),
            "pairs": report.pairs,
            "scored": report.scored,
            "in_sample": report.in_sample,
            "failed": dict(report.failed),
            "left_out": dict(report.left_out),
            "cut": report.cut,
        }
    )


def _reasons(console: Console, what: str, counts: Mapping[str, int]) -> None:
    for reason, count in sorted(counts.items()):
        console.warn(f"{counted(count, 'answer')} {what}: {reason}")


def _cut(console: Console, cut: int, run: "RewardRun") -> None:
    if cut:
        most = run.settings.loss.max_new_tokens
        console.warn(f"{counted(cut, 'critique')} did not end within {most:,} tokens")
