"""How many requests are in flight at once: as many as the server bears.

TCP's way (RFC 5681): one more for each success until the server first asks for less, then one more
a round trip; half as many when it asks for less.
"""

from annotate.running.line import Line


class Window:
    """Room for requests in flight, between 1 and `limit`.

    `round` counts the halvings. A complaint about a request sent before the last halving is about
    the wider window, so it does not halve again.
    """

    def __init__(self, start: int, limit: int) -> None:
        self.size = float(max(1, min(start, limit)))
        self.round = 0
        self._limit = max(1, limit)
        self._inside = 0
        self._line = Line(self._take, self._put_back)

    async def enter(self) -> None:
        """Take a place in flight, waiting for one where need be."""
        await self._line.enter(1)

    def leave(self) -> None:
        """Free a place."""
        self._inside -= 1
        self._line.serve()

    def succeeded(self) -> None:
        """Widen the window: a request was answered."""
        if self.size < self._limit:
            self.size = min(self._limit, self.size + (1 / self.size if self.round else 1))
            self._line.serve()

    def throttled(self, sent_in: int) -> None:
        """Halve the window: the server asked for less, of a request sent in round `sent_in`."""
        if sent_in == self.round:
            self.size = max(1.0, self.size / 2)
            self.round += 1

    def _take(self, _amount: int) -> bool:
        if self._inside >= int(self.size):
            return False
        self._inside += 1
        return True

    def _put_back(self, _amount: int) -> None:
        self._inside -= 1


class Place:
    """One worker's place in flight. Freeing twice is harmless."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._held = False

    async def take(self) -> None:
        """Wait for the place."""
        await self._window.enter()
        self._held = True

    def free(self) -> None:
        """Let another worker have it."""
        if self._held:
            self._held = False
            self._window.leave()
