"""`curate bench` in its forms: a baseline, a file of scores, the judge, or what that would take."""

import sys
from collections.abc import Callable

from curate.benching.stage import JUDGE, Options, bench, bench_judge, foresee
from curate.benching.summary import show_bench
from curate.console import Console
from curate.terminal import printable
from curate.workspace import Workspace
from schemas.errors import UsageError


def command(
    console: Console,
    opened: Callable[[], Workspace],
    name: str,
    location: str,
    options: Options,
    *,
    dry_run: bool,
) -> int:
    """Do what is asked for and print it; the exit code. A workspace is opened for the judge alone.

    Raises UsageError for a dry run of what asks nothing.
    """
    if name != JUDGE:
        if dry_run:
            raise UsageError(f"--dry-run of {name}, which asks nothing", "leave it out")
        show_bench(console, bench(name, location, options))
        return 0
    if dry_run:
        from curate.judge.summary_ahead import show_dry_run

        show_dry_run(console, foresee(opened(), location, options))
        return 0
    report, stopped = bench_judge(opened(), location, options)
    show_bench(console, report)
    if stopped is None:
        return 0
    sys.stderr.write(f"error: {printable(' '.join(str(stopped).split()))}\n")
    return stopped.exit_code
