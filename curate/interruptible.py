"""A coroutine that Ctrl-C cancels, so that it can bring to the disk what it has.

asyncio does so by itself only where nobody else took the signal, and the command line has (see
curate/interrupts.py).
"""

import asyncio
import signal
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from types import FrameType
from typing import Any, TypeVar

T = TypeVar("T")


def run_interruptible(work: Coroutine[Any, Any, T]) -> T:
    """What the coroutine gives. Raises KeyboardInterrupt after it has cleaned up behind Ctrl-C.

    A second Ctrl-C does not wait for that. Where this thread has a loop that runs, as a notebook's
    has, the coroutine runs in a thread of its own.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return _run(work)
    return _run_aside(work)


def _run_aside(work: Coroutine[Any, Any, T]) -> T:
    running: list[tuple[asyncio.AbstractEventLoop, asyncio.Task[T]]] = []

    async def watched() -> T:
        loop = asyncio.get_running_loop()
        running.append((loop, loop.create_task(work)))
        return await running[0][1]

    with ThreadPoolExecutor(1) as threads:
        found = threads.submit(asyncio.run, watched())
        try:
            return found.result()
        except KeyboardInterrupt:
            for loop, task in running:
                loop.call_soon_threadsafe(task.cancel)
            raise


def _run(work: Coroutine[Any, Any, T]) -> T:
    with asyncio.Runner() as runner:
        loop = runner.get_loop()
        task = loop.create_task(work)
        pressed = False

        def stop(_number: int, _frame: FrameType | None) -> None:
            nonlocal pressed
            if pressed:
                raise KeyboardInterrupt
            pressed = True
            loop.call_soon_threadsafe(task.cancel)

        in_main = threading.current_thread() is threading.main_thread()
        before = signal.getsignal(signal.SIGINT)
        taken = in_main and before not in (signal.SIG_IGN, None)
        if taken:
            signal.signal(signal.SIGINT, stop)
        try:
            return loop.run_until_complete(task)
        except (Exception, asyncio.CancelledError) as error:
            if pressed:
                raise KeyboardInterrupt from error
            raise
        finally:
            if taken:
                signal.signal(signal.SIGINT, before)
