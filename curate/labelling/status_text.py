"""What `curate label status` says."""

from curate.console import Console
from curate.labelling.status import LabelStatus
from curate.labelling.status_raters import RaterStatus
from curate.labelling.status_server import ProjectStatus
from schemas.counted import counted

COLUMNS = (
    *("rater", "votes", "skips", "s/vote", "last (UTC)", "agreement", "gold right", "qualified"),
    "accepted",
)
SMALL = 10


def show_status(console: Console, found: LabelStatus, *, names: bool) -> None:
    """Projects, raters, and what is left to do."""
    if found.server is None:
        console.say(f"Only what was pulled is known: {found.no_server}.")
    elif not found.server.projects:
        console.say("Nothing was pushed to this server yet: curate label push")
    else:
        console.table(
            "Projects",
            ("project", "tasks", "done", "partly", "open", "skips", "where"),
            [_project(it) for it in found.server.projects],
        )
    _show_raters(console, found, names=names)
    _say_left(console, found)
    console.result(found.payload(names=names))


def _project(it: ProjectStatus) -> tuple[object, ...]:
    return (it.title, it.tasks, it.done, it.partly, it.open, it.skips, it.url)


def _show_raters(console: Console, found: LabelStatus, *, names: bool) -> None:
    """A row a rater. A column that says nothing of anybody is left out."""
    rows = [_rater(found, it, names=names) for it in found.raters]
    said = [it for it in range(len(COLUMNS)) if any(row[it] is not None for row in rows)]
    shown = [[row[it] for it in said] for row in rows]
    console.table("Raters", [COLUMNS[it] for it in said], shown)


def _rater(found: LabelStatus, it: RaterStatus, *, names: bool) -> tuple[object, ...]:
    """What COLUMNS name; null where it is not known."""
    reviewed = it.accepted + it.returned
    return (
        found.names.get(it.rater, it.rater) if names else it.rater,
        it.votes,
        found.skips.get(it.rater, 0) if found.server else None,
        None if it.seconds is None else round(it.seconds),
        it.last_vote and it.last_vote[5:16].replace("T", " "),
        _share(it.agreement, it.compared),
        _share(it.gold_share, it.gold_pairs),
        None if it.qualified is None else "yes" if it.qualified else "no",
        f"{it.accepted} of {reviewed}" if reviewed else None,
    )


def _say_left(console: Console, found: LabelStatus) -> None:
    figures, server = found.figures, found.server
    if figures.agreement is not None:
        console.say(f"Agreement of two raters: {_share(figures.agreement, figures.compared)}.")
    if server and server.projects:
        said = f"{counted(server.open_votes, 'vote is', 'votes are')} wanted still"
        if found.hours_left is not None and figures.seconds is not None:
            said += f": about {_hours(found.hours_left)} at {figures.seconds:.0f} seconds a vote"
        console.say(f"{said}.")
    if server and server.unpulled:
        console.say(
            f"{counted(server.unpulled, 'annotation was', 'annotations were')} not pulled yet: "
            "curate label pull"
        )


def _share(share: float | None, of: int) -> str | None:
    """`0.82 (240)`: the share, and of how many comparisons."""
    return None if share is None else f"{share:.2f} ({of:,})"


def _hours(hours: float) -> str:
    """Minutes below an hour, and a digit behind the point below ten."""
    if hours < 1:
        return f"{hours * 60:.0f} minutes"
    return f"{hours:.1f} hours" if hours < SMALL else f"{hours:,.0f} hours"
