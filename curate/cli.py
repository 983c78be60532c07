"""`curate`: registration lines only. A command is one file in curate/commands and one line here."""

import sys
from typing import Annotated

import typer

from curate.commands import (
    align,
    bench,
    build,
    critiques,
    demo,
    diff,
    doctor,
    export,
    forget,
    init,
    judge,
    label,
    pull,
    push,
    report,
    route,
    sample,
    select,
    show,
    signatures,
    sql,
    status,
)
from curate.errors import INTERRUPTED, guarded
from curate.version import __version__

app = typer.Typer(
    name="curate",
    help="Preference pairs for multimodal models, from candidates, people and judges.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _say_version(*, asked: bool) -> None:
    if asked:
        typer.echo(f"{app.info.name} {__version__}")
        raise typer.Exit


@app.callback()
def common(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Say the version and exit.", callback=_say_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Take what stands before a command."""


# In the order of the work: --help lists them so.
app.command()(demo.demo)
app.command()(init.init)
app.command()(pull.pull)
app.command()(forget.forget)
app.command()(select.select)
app.command()(sample.sample)
app.command()(route.route)
app.command()(judge.judge)
app.add_typer(label.label)
app.command()(critiques.critiques)
app.add_typer(bench.bench)
app.command()(signatures.signatures)
app.command()(build.build)
app.command()(export.export)
app.command()(push.push)
app.add_typer(align.align)
app.command()(report.report)
app.command()(show.show)
app.command()(diff.diff)
app.command()(sql.sql)
app.command()(status.status)
app.command()(doctor.doctor)


def main(arguments: list[str] | None = None) -> None:
    """Run one command and exit with its code (DESIGN 6)."""
    given = sys.argv[1:] if arguments is None else arguments
    sys.exit(guarded(lambda: _run(given or ["--help"]), given))


def _run(arguments: list[str]) -> int:
    try:
        code = app(arguments, prog_name="curate", standalone_mode=False)
    except typer.Exit as stop:
        return stop.exit_code
    except SystemExit as stop:
        if isinstance(stop.__context__, BrokenPipeError):  # how typer passes a gone reader on
            raise stop.__context__ from None
        raise
    if code == INTERRUPTED:  # how typer passes Ctrl-C on
        raise KeyboardInterrupt
    return code if isinstance(code, int) else 0
