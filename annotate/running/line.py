"""A line of those who wait for room, first come, first served."""

import asyncio
from collections import deque
from collections.abc import Callable

from schemas.errors import PairwrightError


class Line:
    """Lets in whom `take` has room for, in the order they came, and no one past the first.

    `take(amount)` takes the room and says True, says False where there is none yet, or raises
    PairwrightError where there will never be any. `put_back(amount)` returns it.
    """

    def __init__(self, take: Callable[[int], bool], put_back: Callable[[int], None]) -> None:
        self._take = take
        self._put_back = put_back
        self._waiting: deque[tuple[int, asyncio.Future[None]]] = deque()

    async def enter(self, amount: int) -> None:
        """Take room for `amount`, waiting for it where need be. Raises what `take` raises."""
        if self._waiting or not self._take(amount):
            await self._wait(amount)

    def serve(self) -> None:
        """Let in who fits now; to be called whenever room may have grown."""
        while self._waiting:
            amount, turn = self._waiting[0]
            if not (turn.done() or self._served(amount, turn)):
                return
            self._waiting.popleft()

    def _served(self, amount: int, turn: asyncio.Future[None]) -> bool:
        try:
            if not self._take(amount):
                return False
        except PairwrightError as error:
            turn.set_exception(error)
        else:
            turn.set_result(None)
        return True

    async def _wait(self, amount: int) -> None:
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append((amount, turn))
        try:
            await turn
        except asyncio.CancelledError:
            # The turn may have come in the same moment; its room is then nobody's.
            if not turn.cancelled() and turn.exception() is None:
                self._put_back(amount)
            self.serve()
            raise
