"""Ctrl-C that also stops a statement in the database.

Python runs a signal's handler only between its own instructions, and a statement of a build may
take minutes. The signal's number is therefore also written to a socket, at once; a thread reads it
there and stops the statements. What they then raise is told from a fault by `Watch.stopped`.
"""

import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Protocol
from weakref import WeakSet


class Stoppable(Protocol):
    """A database connection."""

    def interrupt(self) -> None:
        """Stop the statement that runs; nothing where none does."""


_connections: "WeakSet[Stoppable]" = WeakSet()


def stop_on_interrupt(connection: Stoppable) -> None:
    """Let Ctrl-C stop this connection's statements, for as long as it lives."""
    _connections.add(connection)


class Watch:
    """Whether Ctrl-C was pressed since the watch began."""

    stopped = False


@contextmanager
def watching() -> Iterator[Watch]:
    """Stop every statement on Ctrl-C while the block runs, and raise KeyboardInterrupt.

    Does nothing outside the main thread, and where the process was told to ignore the signal.
    """
    watch = Watch()
    in_main = threading.current_thread() is threading.main_thread()
    if not in_main or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield watch
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        watch.stopped = True
        raise KeyboardInterrupt

    reading, writing = socket.socketpair()
    writing.setblocking(False)
    thread = threading.Thread(target=_stop_statements, args=(reading,), daemon=True)
    before = signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
    signal.signal(signal.SIGINT, stop)
    thread.start()
    try:
        yield watch
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.set_wakeup_fd(before)
        writing.close()
        thread.join()
        reading.close()


def _stop_statements(reading: socket.socket) -> None:
    """Stop what runs at each Ctrl-C, until the other end is closed."""
    while numbers := reading.recv(16):
        if signal.SIGINT in numbers:
            for connection in list(_connections):
                _stop(connection)


def _stop(connection: Stoppable) -> None:
    from duckdb import ConnectionException

    with suppress(ConnectionException):  # closed already
        connection.interrupt()
