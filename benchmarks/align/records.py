"""What runs came to, one JSON line each, so that a stopped benchmark goes on where it was."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from benchmarks.align.run import Found, Run

Results = dict[Run, Found]


def read(folder: Path) -> Results:
    """Of all workers."""
    found: Results = {}
    for path in sorted(folder.glob("runs-*.jsonl")):
        for line in whole_lines(path):
            values = json.loads(line)
            found[Run(**values["run"])] = Found(**values["found"])
    return found


def append(path: Path, run: Run, found: Found) -> None:
    """Add one."""
    line = json.dumps({"run": asdict(run), "found": asdict(found)})
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def mend(path: Path) -> None:
    """Take a last line away that was cut off: its run is run again."""
    if path.is_file():
        path.write_text("".join(whole_lines(path)), "utf-8")


def whole_lines(path: Path) -> list[str]:
    """The lines that were written to their end."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    return [line for line in lines if line.endswith("\n")]


def missing(planned: Iterable[Run], folder: Path) -> list[Run]:
    """Those of a plan that have not run."""
    done = read(folder)
    return [run for run in planned if run not in done]
