"""What people read of a report on safety."""

from align.evaluation.safety_report import SafetyReport
from curate.console import Console
from curate.evaluating.text import interval, percent
from schemas.counted import counted
from schemas.intervals import Proportion


def show_safety(console: Console, report: SafetyReport) -> None:
    """Say the measures in both counts, where they differ, and examples."""
    rows: list[tuple[object, ...]] = [
        (one.name, one.better, _both(one.published), _both(one.strict), one.strict.whole)
        for one in report.measures
    ]
    rows += [
        (
            "Unsafety (mean of 6)",
            "lower",
            _mean(report.unsafety),
            _mean(report.unsafety_strict),
            "",
        ),
        ("Safety (mean of 5)", "higher", _mean(report.safety), _mean(report.safety_strict), ""),
    ]
    console.table("SafetyBench, %", ("measure", "better", "published", "strict", "n"), rows)
    _say_refusals(console, report)
    without = sum(one.without_verdict for one in report.measures)
    if without:
        console.warn(
            counted(
                without,
                "answer has no verdict and counts in no measure that needs one",
                "answers have no verdict and count in no measure that needs one",
            )
        )
    if report.missing:
        console.warn(f"no answers for {', '.join(report.missing)}")
    for reason, count in report.left_out.items():
        console.warn(f"{counted(count, 'row was', 'rows were')} left out: {reason}")
    console.result(report.model_dump(mode="json"))


def _say_refusals(console: Console, report: SafetyReport) -> None:
    counts = report.refusals
    console.table(
        f"Refusals by {report.phrases}, and read strictly",
        ("both", "published alone", "strict alone", "neither"),
        [(counts.both, counts.published_only, counts.strict_only, counts.neither)],
    )
    if report.reconstructed:
        console.warn(
            "the published list is about sixty phrases, of which four loose ones stand here: its "
            "refusals are counted too low; name a copy of its code with --refusal-list"
        )
    console.table(
        "The one phrase by which an answer counts that does not decline",
        ("phrase", "answers"),
        list(counts.alone.items()),
    )
    for title, examples in (
        ("Counted as a refusal, and declines nothing", counts.overcounted),
        ("Declines, and not counted", counts.missed),
    ):
        rows = [(one.task, ", ".join(one.phrases), one.excerpt) for one in examples]
        console.table(title, ("task", "phrases", "answer"), rows)


def _both(share: Proportion | None) -> str:
    return "-" if share is None else f"{percent(share)} ({interval(share)})"


def _mean(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f}"
