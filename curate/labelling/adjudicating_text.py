"""What `curate label adjudicate` says."""

from curate.console import Console
from curate.labelling.adjudicating import Adjudication, Options
from schemas.counted import counted


def show_adjudication(console: Console, options: Options, report: Adjudication) -> None:
    """How many prompts are in dispute, how many are new to the expert, and where they are."""
    found = report.found
    console.say(
        f"{found.disputed:,} of {found.compared:,} prompts that several people compared are in "
        f"dispute (agreement below {options.threshold:g})."
    )
    if found.left_out:
        console.say(f"{found.left_out:,} of them are left out: no page has room for their answers.")
    if options.dry_run:
        console.say(
            f"{counted(report.tasks_new, 'new task')} would be pushed, by what was pulled so far."
        )
    else:
        console.say(
            f"{counted(report.tasks_new, 'new task')} for {options.expert} ({report.expert})."
        )
    for url in report.urls:
        console.say(url)
    console.result(
        {
            "dry_run": options.dry_run,
            "expert": report.expert,
            "compared": found.compared,
            "disputed": found.disputed,
            "left_out": found.left_out,
            "tasks_new": report.tasks_new,
            "urls": list(report.urls),
        }
    )
