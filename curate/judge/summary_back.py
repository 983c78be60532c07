"""What people and programs read when they look back: `curate judge --status`."""

from typing import Any

from curate.console import Console
from curate.judge.overview import Overview, RunLine
from curate.judge.summary import findings_payload, show_findings


def show_overview(console: Console, found: Overview) -> None:
    """Say what was spent, what is left, what failed, and what each run did."""
    cap = "no cap" if found.cap_usd is None else f"{found.left_usd:.4f} left of {found.cap_usd:.2f}"
    console.say(f"US dollars: {found.spent_usd:.4f} spent, {cap}.")
    if found.at_risk_usd:
        console.say(
            f"{found.at_risk_usd:.4f} of it is what runs without an end may have been billed."
        )
    console.table(
        "Runs",
        ("run", "judges", "came", "failed", "spent $", "state"),
        [
            (
                run.run_id,
                ", ".join(run.judges),
                run.came,
                ", ".join(f"{count} {reason}" for reason, count in run.failed.items()),
                f"{run.spent_usd:.4f}",
                "ended" if run.closed else "no end: it runs, or was killed",
            )
            for run in found.runs
        ],
    )
    console.table(
        "Batch jobs under way",
        ("job", "judge", "judgements", "at most $"),
        [
            (
                job.name or job.announced.display_name,
                job.announced.rater,
                len(job.announced.asked),
                f"{job.announced.held_usd:.4f}",
            )
            for job in found.jobs
        ],
    )
    console.table("Failures that stand", ("reason", "judgements"), list(found.failed.items()))
    show_findings(console, found.findings)
    console.result(overview_payload(found))


def overview_payload(found: Overview) -> dict[str, Any]:
    """The numbers of an overview."""
    return {
        "spent_usd": float(found.spent_usd),
        "at_risk_usd": float(found.at_risk_usd),
        "budget_usd": None if found.cap_usd is None else float(found.cap_usd),
        "left_usd": None if found.left_usd is None else float(found.left_usd),
        "failed": found.failed,
        "runs": [_run(run) for run in found.runs],
        "jobs": [
            {
                "name": job.name,
                "display_name": job.announced.display_name,
                "judge": job.announced.rater,
                "judgements": len(job.announced.asked),
                "at_most_usd": float(job.announced.held_usd),
            }
            for job in found.jobs
        ],
        **findings_payload(found.findings),
    }


def _run(run: RunLine) -> dict[str, Any]:
    return {
        "run_id": run.run_id,
        "started": run.started,
        "judges": list(run.judges),
        "came": run.came,
        "failed": dict(run.failed),
        "spent_usd": float(run.spent_usd),
        "at_risk_usd": float(run.at_risk_usd),
        "closed": run.closed,
    }
