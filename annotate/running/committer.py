"""Group commit: the lines of many calls reach the disk with one fsync.

A first line waits a moment for company. While one fsync runs, in a thread, lines gather for the
next; so a call waits for two at most, however many finish in the same moment.
"""

import asyncio
import os
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

GATHER_SECONDS = 0.005
"""How long a first line waits for company: nothing beside a reply, and it saves most fsyncs."""

Waiting = list[tuple[bytes, "asyncio.Future[None]"]]


def open_new(path: Path) -> BinaryIO:
    """A new journal file whose name, too, is on the disk. Raises FileExistsError.

    Each run has a file of its own, so a line that an earlier kill tore is never written behind.
    """
    file = path.open("xb")
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return file


class Committer:
    """Appends whole lines to a journal; the file stays the caller's to close, after `drain`."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = os.fstat(file.fileno()).st_size
        self._queued: Waiting = []
        self._busy = False
        self._broken: OSError | None = None

    async def commit(self, line: bytes) -> None:
        """Return once the line is on the disk itself; also written where the waiter is cancelled.

        Raises the OSError of the disk, here and for every later line.
        """
        if self._broken:
            raise self._broken
        loop = asyncio.get_running_loop()
        synced = loop.create_future()
        self._queued.append((line, synced))
        if not self._busy:
            self._busy = True
            loop.call_later(GATHER_SECONDS, self._start, loop)
        await synced

    async def drain(self) -> None:
        """Return once every line given so far is on the disk."""
        if self._busy:
            await self.commit(b"")

    def _start(self, loop: asyncio.AbstractEventLoop) -> None:
        group, self._queued = self._queued, []
        job = loop.run_in_executor(None, self._write, b"".join(line for line, _ in group))
        # A callback and not a task: it is not cancelled when all tasks are.
        job.add_done_callback(partial(self._ended, loop, group))

    def _ended(
        self, loop: asyncio.AbstractEventLoop, group: Waiting, job: "asyncio.Future[None]"
    ) -> None:
        error = job.exception()
        self._broken = error if isinstance(error, OSError) else None
        if self._broken:
            group, self._queued = [*group, *self._queued], []
        for _, synced in group:
            if synced.done():
                continue
            if error:
                synced.set_exception(error)
            else:
                synced.set_result(None)
        self._busy = bool(self._queued)
        if self._busy:
            self._start(loop)

    def _write(self, lines: bytes) -> None:
        """Write and sync. Past the file object, whose buffer would keep half a failed write."""
        number, rest = self._file.fileno(), memoryview(lines)
        try:
            while rest:
                rest = rest[os.write(number, rest) :]
            os.fsync(number)
        except OSError:
            with suppress(OSError):
                os.ftruncate(number, self._size)
            raise
        self._size += len(lines)
