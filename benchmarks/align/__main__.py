"""Do the papers' findings show on a task that needs its picture? `make bench-align`.

SMALL=1 is a try of it. A run that is there already is not done again: remove bench-out/align*.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.align import plan, plots, records, rules, tables
from benchmarks.align.pairs import pairs
from benchmarks.measure import ROOT

SMALL = bool(os.environ.get("SMALL"))
OUT = Path("bench-out") / ("align-small" if SMALL else "align")
WORKERS = 2
STEPS = 300 if SMALL else 700
"""Of supervised training, after which the policy still errs."""

THREAD = {"OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false", "PYTHONPATH": str(ROOT)}


def main() -> None:
    """Make the policy, train all, and write bench-out/align/results.md and plots."""
    start = time.monotonic()
    OUT.mkdir(parents=True, exist_ok=True)
    if not (OUT / "policy" / "config.json").is_file():
        run_all([["-m", "benchmarks.align.policy", str(OUT / "policy"), str(STEPS)]])
    workers = [["-m", "benchmarks.align.worker", str(OUT), str(n), str(WORKERS)] for n in range(2)]
    run_all(workers)
    text = report(records.read(OUT)) + f"\n{time.monotonic() - start:.0f} s, {WORKERS} processes\n"
    (OUT / "results.md").write_text(text, "utf-8")
    print(text)


def run_all(commands: list[list[str]]) -> None:
    """Run them beside each other, a thread each. Raises RuntimeError where one fails."""
    environment = {**os.environ, **THREAD}
    running = [
        subprocess.Popen([sys.executable, *command], env=environment) for command in commands
    ]
    if any([process.wait() for process in running]):
        raise RuntimeError("a run failed; its own lines above say why")
