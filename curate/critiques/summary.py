"""What people and programs read of `curate critiques`: after a run, before one, and of requests."""

import json
from collections.abc import Sequence
from typing import Any

from annotate.base import Text
from curate.console import Console
from curate.critiques.ahead import DryRun, Previewed
from curate.critiques.stage import CritiquesReport
from curate.critiques.tally import Tally
from curate.judge.summary_ahead import duration, money, number, usd_text
from schemas.counted import counted
from schemas.errors import UsageError

SKIPPED = {
    "too_long": "longer than a short reason",
    "unknown_answer": "on an answer that no pull has",
}


def show_run(console: Console, report: CritiquesReport) -> None:
    """Say what was expanded, what was refused and why, and what it cost."""
    tally = report.tally
    cost = "an unknown sum" if report.usd is None else f"${report.usd:.4f}"
    console.say(
        f"{counted(tally.expanded, 'comment')} expanded and {tally.cached:,} expanded before, of "
        f"{tally.planned:,} planned; {counted(report.calls, 'call')} to {report.rater} "
        f"for {cost}."
    )
    if report.carried:
        console.say(f"{report.carried:,} went to further votes with the same comment, unasked.")
    if tally.left:
        console.say(f"{counted(tally.left, 'is', 'are')} still to come: run it again.")
    _show_rest(console, tally)
    if tally.expanded or report.carried:
        console.say("The next build uses them: curate build")
    for warning in report.warnings:
        console.warn(warning)
    console.result(run_payload(report))


def run_payload(report: CritiquesReport) -> dict[str, Any]:
    """The numbers of a run."""
    return {
        "rater": report.rater,
        **_counts(report.tally),
        "calls": report.calls,
        "requests": report.requests,
        "carried": report.carried,
        "usd": None if report.usd is None else float(report.usd),
        "stopped": None if report.stopped is None else str(report.stopped),
        "journal": None if report.journal is None else str(report.journal),
        "warnings": list(report.warnings),
    }


def show_dry_run(console: Console, found: DryRun) -> None:
    """Say calls, tokens, dollars and time of what is left to do."""
    tally, guess = found.tally, found.estimate
    console.say(
        f"{tally.left:,} of {tally.planned:,} comments are still to be expanded and checked; "
        f"{tally.cached:,} came before."
    )
    _show_rest(console, tally)
    console.table(
        "What is left",
        ("judge", "calls", "tokens in", "tokens out", "expected $", "at worst $", "time"),
        [
            (
                found.rater,
                guess.calls,
                guess.input_tokens,
                guess.output_tokens,
                usd_text(guess.expected_usd),
                usd_text(guess.worst_usd),
                duration(guess.seconds),
            )
        ],
    )
    cap = "no cap is set (--budget-usd)" if found.cap_usd is None else f"of ${found.cap_usd:.2f}"
    console.say(f"Spent so far by runs of the judge: ${found.spent_usd:.4f}; {cap}.")
    for warning in found.warnings:
        console.warn(warning)
    console.result(dry_run_payload(found))


def dry_run_payload(found: DryRun) -> dict[str, Any]:
    """The numbers of a dry run."""
    return {
        "rater": found.rater,
        **_counts(found.tally),
        "calls": found.estimate.calls,
        "input_tokens": found.estimate.input_tokens,
        "output_tokens": found.estimate.output_tokens,
        "expected_usd": number(found.estimate.expected_usd),
        "worst_usd": number(found.estimate.worst_usd),
        "seconds": found.estimate.seconds,
        **money(found.cap_usd, found.spent_usd),
        "warnings": found.warnings,
    }


def show_preview(console: Console, found: Sequence[Previewed]) -> None:
    """Print each request. Raises UsageError where there is none."""
    if not found:
        raise UsageError("no person left a reason for an answer", "see curate status")
    for one in found:
        console.say(f"=== comment of vote {one.comment.event_id[:12]}, as {one.rater} is asked ===")
        console.say(f"--- system ---\n{one.request.system}")
        console.say(f"--- user ---\n{_words(one)}")
        console.say(f"--- schema ---\n{json.dumps(dict(one.request.schema or {}))}\n")
    console.result({"requests": [_payload(one) for one in found]})


def _payload(one: Previewed) -> dict[str, Any]:
    return {
        "rater": one.rater,
        "event_id": one.comment.event_id,
        "prompt_id": one.comment.prompt_id,
        "candidate_id": one.comment.candidate_id,
        "request_hash": one.comment.key,
        "system": one.request.system,
        "text": _words(one),
        "schema": dict(one.request.schema or {}),
        "max_output_tokens": one.request.max_output_tokens,
        "temperature": one.request.temperature,
    }


def _words(one: Previewed) -> str:
    parts = (part for turn in one.request.turns for part in turn.parts)
    return "\n".join(part.text for part in parts if isinstance(part, Text))


def _show_rest(console: Console, tally: Tally) -> None:
    """What is not expanded: refused or failed, and not asked about."""
    console.table("Not expanded", ("reason", "comments"), sorted(tally.failed.items()))
    skipped = [(SKIPPED[fault], count) for fault, count in sorted(tally.skipped.items())]
    console.table("Not asked about", ("comments", "count"), skipped)


def _counts(tally: Tally) -> dict[str, Any]:
    return {
        "planned": tally.planned,
        "expanded": tally.expanded,
        "cached": tally.cached,
        "failed": dict(sorted(tally.failed.items())),
        "left": tally.left,
        "skipped": dict(sorted(tally.skipped.items())),
    }
