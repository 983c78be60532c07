"""One process measured by the operating system's own account of it."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Measured:
    """CPU (user and system) and wall time in seconds, peak resident memory in MB."""

    cpu: float
    wall: float
    memory: float


def run(command: Sequence[str], python: str = sys.executable) -> Measured:
    """One run of a command by an interpreter. Raises RuntimeError with it where it fails."""
    os.sync()
    start = time.monotonic()
    process = subprocess.Popen(
        [python, *command],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HF_DATASETS_DISABLE_PROGRESS_BARS": "1"},
        stdout=subprocess.DEVNULL,
    )
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return Measured(used.ru_utime + used.ru_stime, time.monotonic() - start, used.ru_maxrss / 1024)


def in_turn(commands: Mapping[str, Sequence[str]], repeats: int) -> dict[str, Measured]:
    """The median of each command over runs in turn, A B A B, so that drift hits all alike."""
    runs: dict[str, list[Measured]] = {name: [] for name in commands}
    for _ in range(repeats):
        for name, command in commands.items():
            runs[name].append(run(command))
    return {
        name: Measured(*(statistics.median(getattr(one, part) for one in found) for part in PARTS))
        for name, found in runs.items()
    }


PARTS = ("cpu", "wall", "memory")
