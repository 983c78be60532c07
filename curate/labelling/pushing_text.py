"""What `curate label push` says."""

from dataclasses import asdict

from curate.console import Console
from curate.labelling.pushing import PushReport

REASONS = {
    "too_few_answers": "fewer than two answers",
    "too_many_answers": "more answers than a page has room for",
}


def show_push(console: Console, report: PushReport) -> None:
    """The projects, the counts, and what could not be shown."""
    console.table(
        "Projects",
        ("project", "answers", "raters", "new", "tasks", "where"),
        [
            (it.title, it.answers, it.raters, it.tasks_new, it.tasks_total, it.url or "not made")
            for it in report.projects
        ],
    )
    for reason, prompts in report.left_out.items():
        console.say(f"{prompts:,} prompts are left out: {REASONS[reason]}.")
    if not report.routed:
        console.say("No prompt is routed to people: see [route], then curate route.")
    elif report.dry_run:
        console.say(f"{report.tasks_new:,} new tasks would be pushed.")
    else:
        console.say(f"{report.tasks_new:,} new tasks, {report.tasks_total:,} in all.")
    console.result(asdict(report))
