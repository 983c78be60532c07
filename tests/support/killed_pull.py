"""A pull in a process of its own that kills itself at its n-th step on the disk.

Run as `python killed_pull.py WORKSPACE SOURCE N LAYOUT`; exits 0 where the pull ended before
step N.
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
STEPS = ("fsync", "replace", "rename", "unlink", "mkdir", "rmdir")


def main(workspace: str, source: str, last: int, media: Any) -> None:
    """Pull, and be killed as by the system when step `last` begins."""
    sys.path.insert(0, str(ROOT))
    from curate.pull.stage import pull
    from curate.workspace import Workspace

    opened = Workspace.open(workspace)
    count = 0

    def stepping(real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: Any, **kwargs: Any) -> Any:
            nonlocal count
            count += 1
            if count == last:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **kwargs)

        return step

    for name in STEPS:
        setattr(os, name, stepping(getattr(os, name)))
    pull(opened, source, now=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), media=media)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
