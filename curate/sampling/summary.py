"""What people read after `curate sample`."""

from collections.abc import Mapping, Sequence
from typing import Any

from curate.console import Console
from curate.plain import json_text
from curate.sampling.report import SampleReport
from schemas.counted import counted


def show_sample(console: Console, report: SampleReport) -> None:
    """Say what came, of which model, what failed, and where it is now."""
    _say_selection(console, report)
    console.say(_headline(report))
    console.table("By model", *_model_table(report))
    console.table("What did not come", ("reason", "generations"), list(report.failed.items()))
    if report.pull:
        console.say(_pulled(report))
        console.table("What left", ("reason", "answers"), sorted(report.pull.dropped.items()))
    for warning in report.warnings:
        console.warn(warning)
    console.result(report.payload())


def show_dry_run(
    console: Console, report: SampleReport, previews: Sequence[Mapping[str, Any]]
) -> None:
    """Say what there is to do, and show the first requests."""
    payload = report.payload()
    _say_selection(console, report)
    console.say(
        f"{counted(payload['planned'], 'generation')} of {counted(payload['prompts'], 'prompt')} "
        f"planned, {counted(payload['cached'], 'is', 'are')} here, "
        f"{payload['left']:,} to ask for. Nothing was sent."
    )
    console.table("By model", *_model_table(report))
    for preview in previews:
        console.say(f"\nPOST {preview['endpoint']}/chat/completions for {preview['prompt_id']}")
        console.say(json_text(preview["body"]))
    for warning in report.warnings:
        console.warn(warning)
    console.result({**payload, "preview": list(previews)})


def _say_selection(console: Console, report: SampleReport) -> None:
    if report.selection:
        console.say(f"{report.selection}; the others are left out.")


def _headline(report: SampleReport) -> str:
    payload = report.payload()
    if not payload["planned"]:
        return "Nothing to sample."
    return (
        f"{counted(payload['sampled'], 'answer')} came, {payload['cached']:,} of "
        f"{payload['planned']:,} were here already, {sum(report.failed.values()):,} failed, "
        f"{counted(payload['left'], 'is', 'are')} left."
    )


def _pulled(report: SampleReport) -> str:
    assert report.pull is not None  # noqa: S101 - the caller looked
    if report.pull.existed:
        return f"Nothing new: {report.pull.pull_id} holds the same answers."
    held, new = report.pull.candidates, report.pull.new["candidates"]
    return f"Pulled as {report.pull.pull_id}: {counted(held, 'candidate')}, {new:,} of them new."


def _model_table(report: SampleReport) -> tuple[list[str], list[list[object]]]:
    columns = ["model", "endpoint", "planned", "here", "came", "failed", "left"]
    rows: list[list[object]] = []
    for work in report.plan.work:
        tally = report.tally_of(work)
        failed = tally.failed.total() + work.blocked
        counts = [work.planned, work.cached, tally.sampled, failed, tally.left]
        rows.append([work.target.model, work.target.base_url, *counts])
    return columns, rows
