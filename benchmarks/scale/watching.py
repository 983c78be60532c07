"""A command and all it starts, watched: CPU, resident memory and temporary disk as time goes.

Of a process tree the memory is the sum of what each process holds, so pages they share count twice.
"""

import os
import select
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import ROOT

EVERY = 0.1
DISK_EVERY = 10
"""Seconds between two looks at the processes, and such looks between two at the disk."""

SCRATCH = (
    *("pulls/.staging-*", "builds/.staging-*/scratch", "exports/*/curate-*", "tmp"),
    ".staging/*",  # a build on Spark
)
STAYS = {"pull", "journal.jsonl"}
"""Where commands keep what goes again, and what of that is moved into place instead."""

TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Sample:
    """One look: seconds of CPU so far, bytes of memory and of temporary disk."""

    at: float
    cpu: float
    memory: int
    disk: int


@dataclass(frozen=True, slots=True)
class Watched:
    """A command that ended well. `cpu` in seconds is of all its processes."""

    cpu: float
    wall: float
    samples: Sequence[Sample]


def watch(command: Sequence[str], workspace: Path) -> Watched:
    """Run a command to its end. Raises RuntimeError with it where it fails."""
    temporary = workspace / "tmp"
    temporary.mkdir(exist_ok=True)
    given = {"PYTHONPATH": str(ROOT), "TMPDIR": str(temporary.absolute())}
    start = time.monotonic()
    process = subprocess.Popen(command, env={**os.environ, **given}, stdout=subprocess.DEVNULL)
    ended = os.pidfd_open(process.pid)
    samples: list[Sample] = []
    spent: dict[int, float] = {}
    while True:
        pid, status, used = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        samples.append(_look(process.pid, workspace, samples, spent))
        select.select([ended], [], [], EVERY)
    os.close(ended)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    # The system's account has no process that nobody waited for, as Spark's Java, and what was seen
    # has nothing of the last moment.
    cpu = max(used.ru_utime + used.ru_stime, samples[-1].cpu)
    return Watched(cpu, time.monotonic() - start, samples)


def _look(pid: int, workspace: Path, before: Sequence[Sample], spent: dict[int, float]) -> Sample:
    """`spent` has the seconds of every process ever seen, so that none go when one ends."""
    memory = 0
    for one in tree(pid):
        used, resident = _process(one)
        spent[one] = max(used, spent.get(one, 0.0))
        memory += resident
    looks = len(before)
    disk = before[-1].disk if looks % DISK_EVERY else scratch_bytes(workspace)
    return Sample(time.monotonic(), sum(spent.values()), memory, disk)


def tree(pid: int) -> Iterator[int]:
    """A process and all below it."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return
    for child in children:
        yield from tree(int(child))


def _process(pid: int) -> tuple[float, int]:
    """CPU seconds of its own, and resident bytes."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0, 0
    return sum(map(int, fields[11:13])) / TICK, int(fields[21]) * PAGE


def scratch_bytes(workspace: Path) -> int:
    """Bytes on the disk of what a command keeps only while it runs."""
    folders = (folder for pattern in SCRATCH for folder in workspace.glob(pattern))
    return sum(disk_bytes(path) for folder in folders for path in _below(folder))


def _below(folder: Path) -> Iterator[Path]:
    try:
        yield from (path for path in folder.iterdir() if path.name not in STAYS)
    except FileNotFoundError:
        return


def disk_bytes(path: Path) -> int:
    """Bytes that a file, or all files below a folder, take on the disk; 0 where it went."""
    try:
        with os.scandir(path) as entries:
            return sum(disk_bytes(Path(entry.path)) for entry in entries)
    except NotADirectoryError:
        pass
    except FileNotFoundError:
        return 0
    try:
        return path.stat().st_blocks * 512
    except FileNotFoundError:
        return 0
