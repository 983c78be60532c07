"""Files that go to their final names together: on the disk first, then renamed.

A file that is brought to the disk alone waits for it; thousands at once wait as long as a few.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Lock

from curate.disk import sync_all

TOGETHER = 4_000


class Landing:
    """Files that wait under names that `new_name` gives. Threads may add at the same time.

    `move` gives a file its final name.
    """

    def __init__(self, new_name: Callable[[], Path], move: Callable[[Path, str], None]) -> None:
        self._new_name, self._move = new_name, move
        self._lock = Lock()
        self._waiting: dict[str, Path] = {}

    def knows(self, file: str) -> bool:
        """Whether a file waits."""
        return file in self._waiting

    def add(self, file: str, data: bytes) -> None:
        """Write a file. It has its final name after `finish`, or once many are written."""
        path = self._new_name()
        try:
            path.write_bytes(data)
        except OSError:
            path.unlink(missing_ok=True)
            raise
        with self._lock:
            twice = self._waiting.get(file)
            self._waiting[file] = path
            full = len(self._waiting) >= TOGETHER
        if twice is not None:
            twice.unlink()
        if full:
            self.finish()

    def finish(self) -> None:
        """Give all that wait their final names; they are then on the disk."""
        with self._lock:
            group, self._waiting = self._waiting, {}
        try:
            if group:
                sync_all(next(iter(group.values())).parent)
            for file, path in group.items():
                self._move(path, file)
        except BaseException:
            _remove(group.values())
            raise

    def abandon(self) -> None:
        """Remove what waits."""
        with self._lock:
            group, self._waiting = self._waiting, {}
        _remove(group.values())


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
