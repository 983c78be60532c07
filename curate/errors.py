"""From exception to exit code and one line: the only place that catches broadly.

Exit codes: 0 done, 1 expected error, 2 usage, 3 stopped by the budget, 130 interrupted.
"""

import json
import sys
import traceback
from collections.abc import Callable, Sequence

from typer.exceptions import TyperException

from curate.console import printable
from schemas.errors import PairwrightError

INTERRUPTED = 130


def guarded(run: Callable[[], int], arguments: Sequence[str]) -> int:
    """The exit code of `run`; an error becomes one line on stderr, or an object with --json.

    A traceback is printed only with --debug.
    """
    try:
        return run()
    except PairwrightError as error:
        return _report(error, _one_line(str(error)), error.exit_code, arguments)
    except TyperException as error:
        text = f"{_one_line(error.format_message())} (curate --help lists what there is)"
        return _report(error, text, error.exit_code, arguments)
    except KeyboardInterrupt as error:
        text = "interrupted; the workspace is whole, run the command again to go on"
        return _report(error, text, INTERRUPTED, arguments)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except MemoryError as error:
        return _report(error, "out of memory; close other programs or use --limit", 1, arguments)
    except OSError as error:
        return _report(error, _one_line(_file_text(error)), 1, arguments)
    except Exception as error:  # the boundary: no user sees a traceback unasked
        text = f"unexpected {type(error).__name__}: {_one_line(str(error))}; --debug shows where"
        return _report(error, text, 1, arguments)


def _report(error: BaseException, text: str, code: int, arguments: Sequence[str]) -> int:
    if "--debug" in arguments:
        traceback.print_exception(error)
    if "--json" in arguments:
        sys.stdout.write(json.dumps({"error": text, "exit_code": code}) + "\n")
    sys.stderr.write(f"error: {printable(text)}\n")
    return code


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _file_text(error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"{error.filename}: {reason}" if error.filename else reason
