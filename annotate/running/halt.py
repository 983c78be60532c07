"""Stopping a run: nothing more is sent, who rests wakes up, what is in flight may finish."""

import asyncio
from collections.abc import Awaitable, Callable


class Halted(Exception):  # noqa: N818 - no fault of the call that meets it
    """The run has been stopped, so this call will not be asked."""


class Halt:
    """Whether and why a run stops. Belongs to the running event loop."""

    def __init__(self, sleep: Callable[[float], Awaitable[None]]) -> None:
        self.reason: BaseException | None = None
        self._sleep = sleep
        self._stopped: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def stop(self, reason: BaseException) -> None:
        """Stop the run; the first reason is the one that counts."""
        if self.reason is None:
            self.reason = reason
            self._stopped.set_result(None)

    def check(self) -> None:
        """Raises Halted where the run has been stopped."""
        if self.reason is not None:
            raise Halted

    async def rest(self, seconds: float) -> None:
        """Sleep. Raises Halted as soon as the run is stopped."""
        sleeper = asyncio.ensure_future(self._sleep(seconds))
        try:
            await asyncio.wait({sleeper, self._stopped}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeper.cancel()
        self.check()
