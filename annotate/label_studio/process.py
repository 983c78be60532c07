"""A process by its pid, told from a later one that was given the same number."""

import os
import signal
import subprocess
import time
from pathlib import Path

from schemas.base import Record


class ProcessId(Record):
    """A pid and when its process started, as the system spells it."""

    pid: int
    started: str


def identify(pid: int) -> ProcessId | None:
    """The process that has this pid now; None where none runs under it."""
    started = _started(pid)
    return None if started is None else ProcessId(pid=pid, started=started)


def is_running(process: ProcessId) -> bool:
    """Whether that very process still runs."""
    return identify(process.pid) == process


def stop(process: ProcessId, patience: float = 10.0) -> bool:
    """Ask the process to end, and end it where it does not; False where it had ended already."""
    if not is_running(process):
        return False
    for number, seconds in ((signal.SIGTERM, patience), (signal.SIGKILL, patience)):
        if not _signal(process.pid, number) or _gone(process, seconds):
            break
    return True


def _signal(pid: int, number: signal.Signals) -> bool:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True


def _gone(process: ProcessId, seconds: float) -> bool:
    """Wait for the process to end, at most so long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not is_running(process):
            return True
        time.sleep(0.05)  # it may be nobody's child here, so that it cannot be waited for
    return False


def _started(pid: int) -> str | None:
    """When the process started; None where there is none, or where it only waits to be buried."""
    if not Path("/proc/self/stat").exists():
        return _started_by_ps(pid)
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", errors="replace")
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()  # the name before may hold blanks and brackets
    # One whose first thread has ended looks dead while its others still hold its port.
    return None if fields[0] in "ZX" and int(fields[17]) <= 1 else fields[19]


def _started_by_ps(pid: int) -> str | None:
    """As `_started`, where there is no /proc (macOS)."""
    command = ["/bin/ps", "-o", "stat=,lstart=", "-p", str(pid)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    state, _, started = done.stdout.strip().partition(" ")
    return None if done.returncode or state.startswith("Z") else started.strip()
