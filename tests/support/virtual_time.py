"""An event loop whose clock jumps to the next thing that happens, so that no test waits.

Work for a thread is done in the loop, after some virtual time. A loop in which nothing can happen
any more, which would hang, fails.
"""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")


class VirtualLoop(asyncio.SelectorEventLoop):
    """`time()` starts at 0; work for a thread takes `thread_seconds`."""

    def __init__(self, thread_seconds: float = 0.01) -> None:
        self.now = 0.0
        self.thread_seconds = thread_seconds
        super().__init__(_Jumping(self))

    def time(self) -> float:
        return self.now

    def run_in_executor(  # type: ignore[override]  # the base's is typed by its own stubs only
        self, _executor: Executor | None, func: Callable[..., T], *args: Any
    ) -> asyncio.Future[T]:
        done: asyncio.Future[T] = self.create_future()
        self.call_later(self.thread_seconds, _work, done, func, *args)
        return done


class _Jumping(selectors.DefaultSelector):
    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise RuntimeError("nothing can happen any more: a deadlock")
        self._loop.now += timeout
        return super().select(0)


def run_virtually(main: Coroutine[Any, Any, T], thread_seconds: float = 0.01) -> T:
    """Run a coroutine to its end in virtual time."""
    with asyncio.Runner(loop_factory=lambda: VirtualLoop(thread_seconds)) as runner:
        return runner.run(main)


def _work(done: asyncio.Future[Any], func: Callable[..., Any], *args: Any) -> None:
    try:
        result = func(*args)
    except Exception as error:  # noqa: BLE001 - as an executor does
        with suppress(asyncio.InvalidStateError):  # cancelled, as a thread's work cannot be
            done.set_exception(error)
    else:
        with suppress(asyncio.InvalidStateError):
            done.set_result(result)
