"""Locks between processes: flock, so that a killed holder leaves none."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schemas.errors import WorkspaceError


@contextmanager
def held(path: Path, what: str) -> Iterator[None]:
    """Hold the lock file at `path` while the block runs.

    Raises WorkspaceError that names the process holding it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise WorkspaceError(
                f"{what} is already running in this workspace (process {holder})",
                "wait for it to end",
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
