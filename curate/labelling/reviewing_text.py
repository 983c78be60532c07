"""What `curate label review` says."""

from dataclasses import asdict

from annotate.label_studio.review_return import Outcome
from curate.console import Console
from curate.labelling.reviewing import ReviewReport
from schemas.counted import counted

OUTCOMES: dict[Outcome, str] = {
    "accepted": "accepted",
    "returned": "returned, their tasks are open again",
    "void": "void: the vote was edited or deleted since it was drawn",
}


def show_review(console: Console, report: ReviewReport) -> None:
    """What experts decided, what was drawn for them, and where it is."""
    settled = report.settled
    for outcome, words in OUTCOMES.items():
        if settled.now[outcome]:
            console.say(f"{counted(settled.now[outcome], 'review')} {words}.")
    if settled.waiting:
        console.say(f"{counted(settled.waiting, 'decision')} would be carried out.")
    if report.own_votes:
        console.warn(
            counted(
                report.own_votes,
                "review of a vote of one's own is not taken",
                "reviews of votes of one's own are not taken",
            )
        )
    if settled.stranded:
        console.warn(
            counted(
                settled.stranded,
                "vote was returned, but its review task is gone, so it stays",
                "votes were returned, but their review tasks are gone, so they stay",
            )
        )
    console.table(
        "Votes under review",
        ("rater", "votes", "drawn before", "new"),
        [(it.rater, it.votes, it.drawn, it.missing) for it in report.quotas],
    )
    _say_drawn(console, report)
    console.result(
        {
            "dry_run": report.dry_run,
            "share": report.share,
            "tasks_new": report.tasks_new,
            "open": settled.open + (0 if report.dry_run else report.tasks_new),
            "now": dict(settled.now),
            "all": dict(settled.all),
            "waiting": settled.waiting,
            "stranded": settled.stranded,
            "own_votes": report.own_votes,
            "lost": report.lost,
            "raters": [asdict(it) for it in report.quotas],
            "urls": list(report.urls),
        }
    )


def _say_drawn(console: Console, report: ReviewReport) -> None:
    if report.lost:
        console.say(
            f"{counted(report.lost, 'vote')} drawn changed meanwhile; the next run draws again."
        )
    if not report.share:
        console.say("Nothing is drawn: give --share, or set [label_studio] review_share.")
    elif report.dry_run:
        console.say(
            f"{counted(report.tasks_new, 'new task')} would be pushed, by what was pulled so far."
        )
    else:
        waiting = report.settled.open + report.tasks_new
        console.say(
            f"{counted(report.tasks_new, 'new task')}, "
            f"{counted(waiting, 'waits', 'wait')} for an expert."
        )
    for url in report.urls:
        console.say(url)
