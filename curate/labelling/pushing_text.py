"""What `curate label push` says."""

from dataclasses import asdict

from annotate.label_studio.projects import EVERYBODY
from curate.console import Console
from curate.labelling.pushing import PushReport
from schemas.counted import counted

REASONS = {
    "too_few_answers": "fewer than two answers",
    "too_many_answers": "more answers than a page has room for",
    "gold": "gold, which goes out by [label_studio] gold_share and qualification",
    "gold_too_few_answers": "gold with fewer than two answers",
    "gold_too_many_answers": "gold with more answers than a page has room for",
    "gold_without_order": "gold whose right order neither its source nor a final vote says",
}


def show_push(console: Console, report: PushReport) -> None:
    """The projects, the counts, and what could not be shown."""
    console.table(
        "Projects",
        ("project", "answers", "raters", "new", "tasks", "where"),
        [
            (
                it.title,
                it.answers,
                "everybody" if it.raters == EVERYBODY else it.raters,
                it.tasks_new,
                it.tasks_total,
                it.url or "not made",
            )
            for it in report.projects
        ],
    )
    for reason, prompts in report.left_out.items():
        console.say(f"{counted(prompts, 'prompt is', 'prompts are')} left out: {REASONS[reason]}.")
    for line in _remarks(report):
        console.say(line)
    if not report.routed and not report.tasks_new:
        console.say("No prompt is routed to people: see [route], then curate route.")
    elif report.dry_run:
        console.say(f"{counted(report.tasks_new, 'new task')} would be pushed.")
    else:
        console.say(f"{counted(report.tasks_new, 'new task')}, {report.tasks_total:,} in all.")
    console.result(asdict(report))


def _remarks(report: PushReport) -> list[str]:
    """A line for each count that is worth one."""
    found = []
    if report.gold_wanted:
        found.append(f"{report.gold_new:,} of {report.gold_wanted:,} gold tasks that are wanted.")
    if report.prefilled:
        found.append(f"{report.prefilled:,} of the new tasks begin with the judge's scores.")
    if report.taken_back:
        found.append(
            f"{counted(report.taken_back, 'task')} had come twice, by a push that was cut off; "
            "the later one of each was deleted."
        )
    if report.raters_changed:
        found.append(
            counted(
                report.raters_changed,
                "prompt was pushed for another number of raters than it is routed to now; "
                "it stays where it is.",
                "prompts were pushed for another number of raters than they are routed to now; "
                "they stay where they are.",
            )
        )
    return found
