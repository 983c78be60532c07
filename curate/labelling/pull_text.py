"""What `curate label pull` says."""

from curate.console import Console
from curate.labelling.pull_report import PullReport


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
        f"{report.events_new:,} new events with {report.ratings:,} ratings and "
        f"{report.rankings:,} rankings from {report.projects:,} projects"
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
            f"{report.projects_gone:,} projects with votes are gone from the server; "
            "the votes pulled from them stay"
        )
