"""What `curate label pull` says."""

from curate.console import Console
from curate.labelling.pull_report import PullReport
from schemas.counted import counted


def say_pull(console: Console, report: PullReport) -> None:
    """What came, what could not be read, and what stays apart; for people."""
    extra = [
        f"{count:,} {word}"
        for word, count in (
            ("edited", report.edited),
            ("deleted", report.deleted),
            ("skipped", report.skipped),
            ("answers written", report.written),
        )
        if count
    ]
    console.say(
        f"{counted(report.events_new, 'new event')} with {counted(report.ratings, 'rating')} and "
        f"{counted(report.rankings, 'ranking')} from {counted(report.projects, 'project')}"
        f"{': ' if extra else ''}{', '.join(extra)}."
    )
    faults = [
        (name, count, report.first.get(name)) for name, count in sorted(report.faults.items())
    ]
    console.table("What could not be read", ("fault", "annotations", "the first is"), faults)
    console.table(
        "Votes by another rubric, kept apart",
        ("rubric", "events"),
        list(report.other_rubrics.items()),
    )
    console.table(
        "Votes on another wording of the rubric",
        ("wording", "events"),
        list(report.wordings.items()),
    )
    if report.projects_gone:
        console.warn(
            f"{counted(report.projects_gone, 'project with votes is', 'projects with votes are')} "
            "gone from the server; the votes pulled before stay"
        )
