"""What goes wrong with which request, told ahead by a test."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Literal

Way = Literal["status", "cut", "lost", "corrupt", "call"]


@dataclass
class Fault:
    """`times` requests of `method` whose path has `path` go wrong, after `skip` that go well.

    status: answered with it; cut: half the body is read, then the line drops; lost: done, but the
    line drops before the answer; corrupt: an upload arrives with other bytes; call: `run` is
    called first, then all goes on.
    """

    method: str
    path: str
    way: Way = "status"
    status: int = 500
    headers: Mapping[str, str] = field(default_factory=dict)
    times: int = 1
    skip: int = 0
    run: Callable[[], object] | None = None


class Faults:
    """The faults still to come."""

    def __init__(self) -> None:
        self._coming: list[Fault] = []
        self._lock = Lock()

    def add(self, fault: Fault) -> None:
        """One more."""
        self._coming.append(fault)

    def next(self, method: str, path: str) -> Fault | None:
        """What goes wrong with this request."""
        with self._lock:
            for fault in self._coming:
                if fault.method == method and fault.path in path:
                    if fault.skip:
                        fault.skip -= 1
                        continue
                    fault.times -= 1
                    if not fault.times:
                        self._coming.remove(fault)
                    return fault
        return None
