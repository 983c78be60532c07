"""`curate`: registration lines only. A command is one file in curate/commands and one line here."""

import sys

import typer

from curate.commands import (
    build,
    demo,
    doctor,
    export,
    forget,
    init,
    pull,
    report,
    show,
    sql,
    status,
)
from curate.errors import guarded

app = typer.Typer(
    name="curate",
    help="Preference pairs for multimodal models, from candidates, people and judges.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.command()(demo.demo)
app.command()(init.init)
app.command()(pull.pull)
app.command()(forget.forget)
app.command()(build.build)
app.command()(report.report)
app.command()(export.export)
app.command()(show.show)
app.command()(sql.sql)
app.command()(status.status)
app.command()(doctor.doctor)


def main(arguments: list[str] | None = None) -> None:
    """Run one command and exit with its code (DESIGN 6)."""
    given = sys.argv[1:] if arguments is None else arguments
    sys.exit(guarded(lambda: _run(given), given))


def _run(arguments: list[str]) -> int:
    try:
        code = app(arguments, standalone_mode=False)
    except typer.Exit as stop:
        return stop.exit_code
    return code if isinstance(code, int) else 0
