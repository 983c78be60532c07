"""`curate critiques` in its three forms: run, say what a run would take, show requests."""

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


def command(console: Console, workspace: Workspace, options: Options, doing: Doing) -> int:
    """Do it, say what came of it, and return the exit code.

    Raises UsageError where two things are asked for at once.
    """
    if doing.dry_run and doing.preview:
        raise UsageError("--dry-run and --preview at once", "give one of them")
    if doing.preview:
        return _preview(console, workspace, options, doing.preview)
    if doing.dry_run:
        return _dry_run(console, workspace, options)
    return _run(console, workspace, options)


def _preview(console: Console, workspace: Workspace, options: Options, count: int) -> int:
    from curate.critiques.ahead import preview
    from curate.critiques.summary import show_preview

    show_preview(console, preview(workspace, options, count))
    return 0


def _dry_run(console: Console, workspace: Workspace, options: Options) -> int:
    from curate.critiques.ahead import dry_run
    from curate.critiques.summary import show_dry_run

    show_dry_run(console, dry_run(workspace, options))
    return 0


def _run(console: Console, workspace: Workspace, options: Options) -> int:
    """A run that was stopped has a summary, too: what stopped it is said after it."""
    from curate.critiques.stage import critiques
    from curate.critiques.summary import show_run
    from curate.judge.stopped import code_of

    report = critiques(workspace, options)
    show_run(console, report)
    return code_of(console, report.stopped)
