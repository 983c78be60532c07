"""What runs came to, one JSON line each, so that a stopped benchmark goes on where it was."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from benchmarks.align.runs import Found, Run

Results = dict[Run, Found]


def read(folder: Path) -> Results:
    """Of all workers. A last line that was cut off counts as not run."""
    found: Results = {}
    for path in sorted(folder.glob("runs-*.jsonl")):
        for line in path.read_text("utf-8").splitlines(keepends=True):
            if line.endswith("\n"):
                values = json.loads(line)
                found[Run(**values["run"])] = Found(**values["found"])
    return found


def append(path: Path, run: Run, found: Found) -> None:
    """Add one."""
    line = json.dumps({"run": asdict(run), "found": asdict(found)})
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def missing(planned: Iterable[Run], folder: Path) -> list[Run]:
    """Those of a plan that have not run."""
    done = read(folder)
    return [run for run in planned if run not in done]
