"""What Spark raises, in one line: its messages bring plans, stacks and whole Python tracebacks."""

import re

TRACEBACK = "Traceback (most recent call last):"
SAYS = re.compile(r"^\w[\w.]*: ?.*")
"""The line of a traceback that names the error, e.g. `ValueError: no such thing`."""


def first_line(error: Exception) -> str:
    """What went wrong: the error of a Python worker, else the first line."""
    head, _, trace = str(error).partition(TRACEBACK)
    named = [line for line in trace.splitlines() if SAYS.match(line)]
    lines = [line.strip() for line in head.splitlines() if line.strip()]
    return named[0] if named else lines[0] if lines else type(error).__name__
