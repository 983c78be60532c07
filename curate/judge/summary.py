"""What people and programs read after a run of the judge."""

from collections.abc import Mapping
from typing import Any, get_args

from curate.console import Console
from curate.judge.findings import Findings
from curate.judge.stage import JudgeReport
from schemas.counted import counted
from schemas.event import FailureReason

FAILED = frozenset(get_args(FailureReason)) - {"budget"}
"""Reasons of failures that are in the journal, with what the server or the client said."""
THEIR_WORDS = 'curate sql "select reason, detail, count(*) as n from failures group by all"'


def show_run(console: Console, report: JudgeReport) -> None:
    """Say what was rated, what was not and why, what it cost, and what the judge leans to."""
    console.say(
        f"{report.rated:,} rated and {report.cached:,} rated before, "
        f"of {report.planned:,} planned; {counted(report.calls, 'judgement')} asked for "
        f"{'an unknown sum' if report.usd is None else f'${report.usd:.4f}'}."
    )
    if report.left:
        console.say(f"{counted(report.left, 'is', 'are')} still to come: run it again.")
    console.table("Not rated", ("reason", "items"), sorted(report.failed.items()))
    if FAILED.intersection(report.failed):
        console.say(f"What was said each time: {THEIR_WORDS}")
    show_findings(console, report.findings)
    for warning in report.warnings:
        console.warn(warning)
    console.result(run_payload(report))


def run_payload(report: JudgeReport) -> dict[str, Any]:
    """The keys of DESIGN 6 for `judge`, and what else a program may want."""
    return {
        "planned": report.planned,
        "rated": report.rated,
        "cached": report.cached,
        "failed": dict(report.failed),
        "left": report.left,
        "calls": report.calls,
        "requests": report.requests,
        "usd": None if report.usd is None else float(report.usd),
        "stopped": None if report.stopped is None else str(report.stopped),
        "journal": None if report.journal is None else str(report.journal),
        **findings_payload(report.findings),
        "warnings": list(report.warnings),
    }


def show_findings(console: Console, found: Findings) -> None:
    """The judges' versions, their leaning to slots, and where they are unstable."""
    versions = [
        (rater, version, count)
        for rater, counts in found.versions.items()
        for version, count in counts.items()
    ]
    console.table("Judges", ("judge", "model version", "judgements"), versions)
    console.table(
        "Pairs seen in several orders",
        ("judge", "pairs", "opposite", "far apart", "unstable"),
        [
            (rater, one.compared, one.opposite, one.spread, f"{one.share:.1%}")
            for rater, one in (found.unstable or {}).items()
            if one.share is not None
        ],
    )
    slots = [
        (rater, slot + 1, f"{effect:+.3f}")
        for rater, effects in (found.slot_effect or {}).items()
        for slot, effect in effects.items()
    ]
    console.table(
        "Points by slot, beside the same answers' mean", ("judge", "slot", "effect"), slots
    )
    for rater, counts in found.versions.items():
        if len(counts) > 1:
            console.warn(f"{rater} reported {len(counts)} model versions: {', '.join(counts)}")


def findings_payload(found: Findings) -> dict[str, Any]:
    """The findings by judge; null where they were not looked for."""
    return {
        "model_versions": found.versions,
        "unstable": _unstable(found),
        "slot_effect": None
        if found.slot_effect is None
        else {
            rater: {str(slot): effect for slot, effect in effects.items()}
            for rater, effects in found.slot_effect.items()
        },
    }


def _unstable(found: Findings) -> Mapping[str, dict[str, Any]] | None:
    if found.unstable is None:
        return None
    return {
        rater: {
            "pairs": one.pairs,
            "compared": one.compared,
            "opposite": one.opposite,
            "spread": one.spread,
            "share": one.share,
        }
        for rater, one in found.unstable.items()
    }
