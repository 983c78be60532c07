"""What is sent to a server, one thing at a time, on a thread beside the one that makes it ready."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self


class Sender:
    """Runs one piece of work at a time, in order; the next can be made ready meanwhile.

    An error of a piece is raised where the next is handed over, or at the end; after it nothing
    more is run.
    """

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sender")
        self._under_way: Future[None] | None = None

    def hand_over(self, work: Callable[[], None]) -> None:
        """Wait for the piece before to end, then begin with this one."""
        self.wait()
        self._under_way = self._pool.submit(work)

    def wait(self) -> None:
        """Return when all that was handed over has ended; raises its error."""
        under_way, self._under_way = self._under_way, None
        if under_way is not None:
            under_way.result()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let the piece under way end: half a request would leave open what became of it."""
        self._pool.shutdown(wait=True)
