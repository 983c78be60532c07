"""A selection as people and programs read it."""

from curate.console import Console
from curate.selecting.report import SelectReport
from curate.workspace import Workspace
from schemas.counted import counted

BY = {
    "cluster": "spread evenly over clusters",
    "distance": "farthest first",
    "votes": "raters disagree most",
    "answers": "answers differ most",
    "chance": "by chance",
}


def show_selection(console: Console, report: SelectReport, next_step: str | None) -> None:
    """Say what was taken of which task type, by what, and what to do next."""
    where = "nothing written" if report.path is None else f"written to {report.path}"
    console.say(f"{report.selected:,} of {report.prompts:,} prompts selected, {where}.")
    console.table(
        "By task type",
        ("type", "there", "wanted", "taken", "short"),
        [
            (it.task_type, it.there, it.wanted, it.taken, it.wanted - it.taken)
            for it in report.types
        ],
    )
    if report.selected:
        console.say(_how(report))
    for warning in report.warnings():
        console.warn(warning)
    if next_step and report.path:
        console.say(f"Next: {next_step}")
    console.result(report.payload())


def _how(report: SelectReport) -> str:
    taken = ", ".join(f"{count:,} {BY[basis]}" for basis, count in report.by_basis().items())
    if report.embeddings is None:
        return f"Drawn: {taken}."
    source = "perceptual features" if report.embeddings == "features" else report.embeddings
    clusters = "" if report.clusters is None else f"{counted(report.clusters, 'cluster')} of "
    return f"Drawn: {taken}; {clusters}{source}, {report.dimensions:,} dimensions."


def show_cleared(console: Console, there: bool, step: str) -> None:  # noqa: FBT001 - one answer
    """Say that the selection is gone."""
    console.say("The selection is gone: every prompt counts again." if there else "No selection.")
    if there:
        console.say(f"Next: {step}")
    console.result({"cleared": there})


def next_step(workspace: Workspace) -> str:
    """What follows a change of the selection: routes made before it no longer hold."""
    if workspace.routes.is_file():
        return "curate route, since routes.parquet is older than the selection"
    return "curate sample for answers, or curate route --dry-run for what annotating takes"
