"""`curate judge` in its four forms: run, say what a run would take, show requests, look back."""

from dataclasses import dataclass

from curate.console import Console
from curate.judge.options import Options
from curate.workspace import Workspace
from schemas.errors import UsageError


@dataclass(frozen=True, slots=True)
class Doing:
    """What is asked for in place of a run; one of them at most."""

    dry_run: bool = False
    preview: int | None = None
    status: bool = False


def command(console: Console, workspace: Workspace, options: Options, doing: Doing) -> int:
    """Do it, say what came of it, and return the exit code.

    Raises UsageError where two things are asked for at once.
    """
    given = [("--dry-run", doing.dry_run), ("--preview", doing.preview), ("--status", doing.status)]
    names = [name for name, value in given if value]
    if len(names) > 1:
        raise UsageError(f"{' and '.join(names)} at once", "give one of them")
    if doing.status:
        return _status(console, workspace, options)
    if doing.preview:
        return _preview(console, workspace, doing.preview)
    if doing.dry_run:
        return _dry_run(console, workspace, options)
    return _run(console, workspace, options)


def _status(console: Console, workspace: Workspace, options: Options) -> int:
    from curate.judge.overview import overview
    from curate.judge.summary_back import show_overview

    show_overview(console, overview(workspace, options.budget_usd))
    return 0


def _preview(console: Console, workspace: Workspace, n_prompts: int) -> int:
    from curate.judge.preview import preview
    from curate.judge.summary_ahead import show_preview

    show_preview(console, preview(workspace, n_prompts))
    return 0


def _dry_run(console: Console, workspace: Workspace, options: Options) -> int:
    from curate.judge.dry_run import dry_run
    from curate.judge.summary_ahead import show_dry_run

    show_dry_run(console, dry_run(workspace, options))
    return 0


def _run(console: Console, workspace: Workspace, options: Options) -> int:
    """A run that was stopped has a summary, too: what stopped it is said after it."""
    from curate.judge.stage import judge
    from curate.judge.stopped import code_of
    from curate.judge.summary import show_run

    report = judge(workspace, options)
    show_run(console, report)
    return code_of(console, report.stopped)
