"""From exception to exit code and one line: the only place that catches broadly.

Exit codes: 0 done, 1 expected error, 2 usage, 3 stopped by the budget, 130 interrupted.
"""

import errno
import io
import os
import sys
import traceback
from collections.abc import Callable, Sequence

from typer.exceptions import Abort, TyperException

from curate.disk import DISK, full_disk_of, out_of_room
from curate.interrupts import watching
from curate.plain import json_text
from curate.terminal import printable
from schemas.errors import PairwrightError

INTERRUPTED = 130
LONGEST = 2000
"""Characters of an error's line."""

STOPPED = ("interrupted; the workspace is whole, run the command again to go on", INTERRUPTED)

NOT_OURS = (errno.EACCES, errno.EPERM, errno.EROFS)
UNWRITABLE = "check who may read and write there, or name another folder"
OUT_OF_ROOM = "no room left to write; free some and run it again, what was whole is as it was"


def guarded(run: Callable[[], int], arguments: Sequence[str]) -> int:
    """The exit code of `run`; an error becomes one line on stderr, or an object with --json.

    A traceback is printed only with --debug. A reader that has gone away is no error.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    with watching() as watch:
        try:
            code = run()
            sys.stdout.flush()
        except BrokenPipeError:
            return _unread()
        except (Exception, KeyboardInterrupt) as error:  # no user sees a traceback unasked
            stopped = watch.stopped or isinstance(error, KeyboardInterrupt)
            said = STOPPED if stopped else _said(error, arguments)
            return _report(error, *said, arguments)
    return code


def _said(error: BaseException, arguments: Sequence[str]) -> tuple[str, int]:
    """The line for a user and the exit code."""
    full = out_of_room(error)
    if full is not None:
        place = (full_disk_of(arguments) or DISK) if full == DISK else full
        return f"{place}: {OUT_OF_ROOM}", 1
    if isinstance(error, PairwrightError):
        return str(error), error.exit_code
    if isinstance(error, TyperException):
        return f"{error.format_message()} ({_command(error)} --help says more)", error.exit_code
    if isinstance(error, Abort):
        return "no answer to the question; run it at a terminal", 1
    if isinstance(error, MemoryError):
        return "out of memory; close other programs or use --limit", 1
    if isinstance(error, OSError):
        return _file_text(error), 1
    return f"unexpected {type(error).__name__}: {error}; --debug shows where", 1


def _report(error: BaseException, text: str, code: int, arguments: Sequence[str]) -> int:
    line = _shortened(printable(" ".join(text.split())))
    if "--debug" in arguments:
        sys.stderr.write(printable("".join(traceback.format_exception(error))))
    try:
        if "--json" in arguments:
            sys.stdout.write(json_text({"error": line, "exit_code": code}) + "\n")
            sys.stdout.flush()
    except BrokenPipeError:
        _unread()
    sys.stderr.write(f"error: {line}\n")
    return code


def _shortened(line: str) -> str:
    """The line without its middle where it is long: a file's names may be of any length.

    Its beginning says what is wrong and its end what to do.
    """
    if len(line) <= LONGEST:
        return line
    half = LONGEST // 2
    return f"{line[:half]} [...] {line[-half:]}"


def _unread() -> int:
    """Point stdout at nothing, so that the interpreter's last flush is quiet too."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _command(error: TyperException) -> str:
    """The command a usage error is about, as it is typed."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "curate"
    return str(path)


def _file_text(error: OSError) -> str:
    reason = error.strerror or str(error)
    fix = f"; {UNWRITABLE}" if error.errno in NOT_OURS else ""
    return f"{error.filename}: {reason}{fix}" if error.filename else f"{reason}{fix}"
