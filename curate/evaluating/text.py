"""What people read of an evaluation."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from align.evaluation.alpaca_eval_scores import AlpacaEvalScore
from align.evaluation.lmms_results import LmmsReport
from align.evaluation.mt_bench_scores import MTBenchScore
from curate.console import Console
from curate.hints import command
from schemas.counted import counted
from schemas.intervals import Proportion

if TYPE_CHECKING:  # what loads models takes seconds, or is not installed
    from curate.evaluating.preference import Evaluated
    from curate.generating.report import GenerationReport

PAIR_COLUMNS = ("measure", "ACC", "95 % (prompts)", "95 % (pairs)", "ACC+", "ties", "unscored")
MEASURES = {
    "implicit_reward": "implicit reward",
    "log_probability": "log-probability",
}


def show_generation(
    console: Console, report: "GenerationReport", workspace: Path | None, licence: str | None
) -> None:
    """Say what was answered, what was here before, and where it is.

    `workspace` is the one to take answers in, `licence` what the prompts of it are under.
    """
    console.say(
        f"{counted(report.written, 'answer')} of {report.model} to "
        f"{counted(report.prompts, 'prompt')} "
        f"({report.already:,} had theirs): {report.out}"
    )
    if report.truncated:
        console.warn(f"{counted(report.truncated, 'answer')} ran into the limit of --max-tokens")
    console.table("Prompts that were left out", ("reason", "prompts"), [*report.left_out.items()])
    under = [] if licence is None else ["--licence", licence]
    told = command("curate", "pull", report.out, *under, workspace=workspace)
    console.say(f"Take them in with: {told}")
    if licence is None:
        console.say("Add --licence NAME: without one the next card states no licence.")
    console.result(report.payload())


def show_preference(console: Console, found: "Evaluated") -> None:
    """Say how often the chosen answer is preferred, by both measures."""
    report = found.report
    console.say(
        f"{found.model} on {counted(report.pairs, 'held-out pair')} of "
        f"{counted(report.prompts, 'prompt')}; "
        f"reference: {found.reference or 'none'}"
    )
    measures = [one for one in (report.implicit_reward, report.log_probability) if one]
    rows = [
        (
            MEASURES[one.measure],
            _share(one.acc),
            _bounds(one.acc_by_prompt),
            _bounds(one.acc),
            _share(one.acc_plus),
            one.ties,
            one.unscored,
        )
        for one in measures
    ]
    console.table("", PAIR_COLUMNS, rows)
    if found.in_sample:
        console.warn(
            counted(
                found.in_sample,
                "pair was left out: the model was trained on it",
                "pairs were left out: the model was trained on them",
            )
        )
    console.result(found.payload())


def show_lmms(console: Console, report: LmmsReport, files: Sequence[str]) -> None:
    """Say what lmms-eval found, and where the table lies."""
    rows = [
        (one.benchmark, one.metric, _shown(one.value), _shown(one.stderr), one.n or "")
        for one in report.scores
    ]
    console.table(report.model, ("benchmark", "metric", "value", "stderr", "n"), rows)
    for file in files:
        console.say(file)
    console.result(report.model_dump(mode="json"))


def show_mt_bench(console: Console, score: MTBenchScore) -> None:
    """Say the score of both turns, and by category."""
    console.say(
        f"MT-Bench of {score.model} by {score.judge}: {_shown(score.score)} "
        f"(turn 1 {_shown(score.first_turn)}, turn 2 {_shown(score.second_turn)}; "
        f"standard error {_shown(score.stderr)} over {counted(score.questions, 'question')})"
    )
    rows = [(name, _shown(value)) for name, value in score.by_category.items()]
    console.table("", ("category", "score"), rows)
    if score.unscored:
        console.warn(
            counted(
                score.unscored,
                "judgment without a score was left out",
                "judgments without a score were left out",
            )
        )
    console.result(score.model_dump(mode="json"))


def show_alpaca_eval(console: Console, scores: Sequence[AlpacaEvalScore]) -> None:
    """Say the win rates by annotator."""
    rows = [
        (
            one.annotator,
            _shown(one.length_controlled_win_rate),
            _shown(one.win_rate),
            _shown(one.win_rate_stderr),
            _shown(one.mean_length),
            one.n or "",
        )
        for one in scores
    ]
    columns = ("annotator", "LC win rate %", "win rate %", "stderr", "mean length", "n")
    console.table(scores[0].model, columns, rows)
    console.result({"scores": [one.model_dump(mode="json") for one in scores]})


def percent(share: Proportion) -> str:
    """The share in percent; a dash where there is none."""
    return "-" if share.value is None else f"{100 * share.value:.1f}"


def interval(share: Proportion) -> str:
    """Its bounds in percent."""
    if share.low is None or share.high is None:
        return "-"
    return f"{100 * share.low:.1f} to {100 * share.high:.1f}"


def _share(share: Proportion) -> str:
    """ACC and ACC+ as every command has them: between 0 and 1."""
    return "-" if share.value is None else f"{share.value:.3f}"


def _bounds(share: Proportion) -> str:
    if share.low is None or share.high is None:
        return "-"
    return f"{share.low:.3f} to {share.high:.3f}"


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.4g}"
