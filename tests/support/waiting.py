"""Waiting for what another process does: it says nothing when it has, so one has to look."""

import time
from collections.abc import Callable
from pathlib import Path

PATIENCE_S = 60.0
BETWEEN_S = 0.005


def until(holds: Callable[[], bool], patience: float = PATIENCE_S) -> None:
    """Return as soon as it holds; fails where it does not within `patience` seconds."""
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, f"not within {patience:g} s"
        time.sleep(BETWEEN_S)  # between two looks; the wait ends as soon as it holds


def gone(pid: Path) -> bool:
    """Whether the process whose number is in that file is no more, or is a zombie."""
    status = Path("/proc", pid.read_text("utf-8").strip(), "stat")
    return not status.exists() or status.read_text("utf-8").rpartition(")")[2].split()[0] == "Z"
