"""A bench report for people: a table by category, the baselines, and what is doubtful."""

from collections.abc import Iterator

from annotate.quality.accuracy import Accuracy, Share
from curate.benching.report import BenchReport, Scores, payload
from curate.console import Console
from schemas.counted import counted

COLUMNS = ("category", "pairs", "prompts", "ACC", "ACC+", "ties", "ties 1/2")


def show_bench(console: Console, report: BenchReport) -> None:
    """The tables, then a line for each thing that a reader of the numbers should know."""
    overall = report.scores.overall
    console.say(
        f"{report.judge} on {report.benchmark.name}: {overall.right:,} of {overall.pairs:,} pairs "
        f"right, all pairs right in {overall.whole:,} of {overall.prompts:,} prompts."
    )
    console.say()
    console.table("", COLUMNS, list(_rows(report.scores)))
    console.say()
    console.table("Beside it", ("", "ACC", "ACC+", "ties"), list(_beside(report)))
    console.say()
    for line in _lines(report):
        console.say(line)
    for note in report.notes:
        console.warn(note)
    console.result(payload(report))


def _rows(scores: Scores) -> Iterator[tuple[object, ...]]:
    for name, part in scores.by_category.items():
        yield (name, *_cells(part))
    yield ("all", *_cells(scores.overall))


def _cells(found: Accuracy) -> tuple[object, ...]:
    return (
        found.pairs,
        found.prompts,
        _share(found.acc),
        _share(found.acc_plus),
        found.ties,
        f"{found.ties_half.value:.3f}",
    )


def _beside(report: BenchReport) -> Iterator[tuple[object, ...]]:
    yield "the longer answer", *_overall(report.longer)
    if report.first is not None:
        yield "the first answer", *_overall(report.first)
    yield "a coin, on average", f"{report.coin.acc:.3f}", f"{report.coin.acc_plus:.3f}", None
    for one in report.published:
        yield f"{one.judge} (published)", f"{one.acc:.2f}", f"{one.acc_plus:.2f}", None


def _overall(scores: Scores) -> tuple[object, ...]:
    found = scores.overall
    return _share(found.acc), _share(found.acc_plus), found.ties


def _share(share: Share) -> str:
    low, high = share.interval
    return f"{share.value:.3f} [{low:.3f}, {high:.3f}]"


def _lines(report: BenchReport) -> Iterator[str]:
    """What stands behind the numbers."""
    if (macro := report.scores.macro) is not None:
        yield f"Mean of the categories: ACC {macro[0]:.3f}, ACC+ {macro[1]:.3f}."
    yield "A tie is wrong; ACC+ asks for all pairs of a prompt. In brackets: 95 % over prompts."
    if unscored := report.scores.overall.unscored:
        yield counted(
            unscored,
            "pair has no score from this judge and counts as wrong.",
            "pairs have no score from this judge and count as wrong.",
        )
    if report.first is None:
        yield "No shown order is known, so there is no baseline of the first answer."
    for fault in report.faults:
        yield f"{fault.name} {fault.rows:,}: {fault.about}. First: {fault.first}."
    if report.benchmark.unread:
        counts = ", ".join(f"{name} {count:,}" for name, count in report.benchmark.unread.items())
        yield f"Rows that are no pairs and are not counted: {counts}."
