"""`curate` with the moments at which its work moves on written to a file: MARKS ARGUMENT ...

A command draws no bar where stderr is no terminal; what it would have drawn is noted instead, and
the moment at which it opens its engine.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from curate import console
from curate.cli import main
from curate.engines.duckdb import DuckDBEngine

START, TABLES = "start", "tables"
PASSING = ("looked at", "counted")
"""How a label ends that says how far a step is."""

marks = [(time.monotonic(), START)]


def note(_count: int, label: str | None = None) -> None:
    """Note a step that begins."""
    if label is not None and not label.endswith(PASSING):
        marks.append((time.monotonic(), label))


class NotedEngine(DuckDBEngine):
    """An engine that says when it was opened."""

    def __init__(self, *given: Any, **named: Any) -> None:
        note(0, TABLES)
        super().__init__(*given, **named)


if __name__ == "__main__":
    import curate.build
    import curate.pull.stage

    target = Path(sys.argv.pop(1))
    console.no_bar = note  # type: ignore[assignment]
    for module in (curate.build, curate.pull.stage):
        module.DuckDBEngine = NotedEngine  # type: ignore[attr-defined]
    try:
        main()
    finally:
        target.write_text(json.dumps(marks), "utf-8")
