"""What people and programs read after `pull` and `forget`, and the map that `--map` gives."""

from collections.abc import Mapping, Sequence

from curate.console import Console
from curate.pull.forget import ForgetReport
from curate.pull.report import PullReport
from curate.sources.columns import FIELDS, LISTED
from schemas.counted import counted
from schemas.errors import UsageError

EXAMPLE = 120
SHOWN_COLUMNS = 12


def field_map_of(fields: Sequence[str]) -> Mapping[str, str] | None:
    """`field=column` words as a map; null where there are none. Raises UsageError."""
    found: dict[str, str] = {}
    for text in fields:
        field, equals, column = text.partition("=")
        if not equals or not field.strip():
            raise UsageError(f"--map {text!r} is no FIELD=COLUMN", "e.g. --map prompt=question")
        if field.strip() in found:
            raise UsageError(f"--map names {field.strip()!r} twice", _several(field.strip()))
        found[field.strip()] = column.strip()
    return found or None


def _several(field: str) -> str:
    if field in ("response", "responses"):
        return "a column for each model's answers is --map responses=COLUMN+COLUMN"
    return f"name each field once; several columns are COLUMN+COLUMN, for {', '.join(LISTED)}"


def show_pull(console: Console, report: PullReport) -> None:
    """Say what a source held, what of it is new, and what left and why."""
    if report.pull_id is None:
        _show_preview(console, report)
    else:
        console.say(_headline(report))
        if not report.existed:
            new = ", ".join(counted(n, name[:-1], name) for name, n in report.new.items())
            console.say(f"New here: {new}.")
        _show_map(console, report)
        rows = [
            (reason, count, report.examples.get(reason, "")[:EXAMPLE])
            for reason, count in sorted(report.dropped.items())
        ]
        console.table("What left", ("reason", "rows", "the first"), rows)
    for note in report.notes:
        console.say(note)
    for warning in report.warnings:
        console.warn(warning)
    console.result(report.payload())


def show_forget(console: Console, report: ForgetReport) -> None:
    """Say what no longer counts."""
    gone = counted(report.events, "of its votes no longer counts", "of its votes no longer count")
    console.say(f"Forgot {report.pull_id}: {gone}.")
    if report.human.votes:
        console.say(
            counted(
                report.human.votes,
                "vote of a person stays in its journal, without its prompt.",
                "votes of people stay in their journals, without their prompts.",
            )
        )
    console.say("Pulling its source again brings it back.")
    console.result(
        {
            "pull_id": report.pull_id,
            "events": report.events,
            "human_votes": report.human.votes,
            "human_prompts": report.human.prompts,
        }
    )


def _headline(report: PullReport) -> str:
    held = (
        f"{counted(report.prompts, 'prompt')} with {counted(report.candidates, 'answer')}, "
        f"{counted(report.media, 'medium', 'media')}, {counted(report.ratings, 'rating')} and "
        f"{counted(report.rankings, 'ranking')}"
    )
    if report.existed:
        return f"Nothing new: {report.source} is here already ({held})."
    return f"Pulled {report.source} ({report.format}) as {report.pull_id}: {held}."


def _show_map(console: Console, report: PullReport) -> None:
    console.table("Map", ("field", "column"), sorted(report.map.items()))
    if report.unread:
        shown = ", ".join(report.unread[:SHOWN_COLUMNS])
        more = len(report.unread) - SHOWN_COLUMNS
        console.say(
            f"Columns without a field: {shown}{f' and {more:,} more' if more > 0 else ''}; "
            f"to read one: --map FIELD=COLUMN ({', '.join(FIELDS)})."
        )


def _show_preview(console: Console, report: PullReport) -> None:
    console.say(f"{report.source} reads as {report.format}. Nothing was written.")
    _show_map(console, report)
    for record in report.first:
        console.say("")
        for name, value in record.items():
            shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            console.say(f"  {name}: {shown[:200]}")
