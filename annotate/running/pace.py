"""When the next request may leave: requests and tokens a minute, and the server's own pauses."""

from collections.abc import Callable

from annotate.running.halt import Halt
from annotate.running.traffic import Traffic

BURST_SECONDS = 1.0
"""What a bucket holds, so that no minute sees more than 61/60 of the limit."""


class Bucket:
    """A token bucket that goes into debt, so that each taker knows at once how long to wait.

    Those who come later wait for the debts of those before, so nobody is passed by.
    """

    def __init__(self, per_minute: float) -> None:
        self._rate = per_minute / 60
        self._full = max(1.0, self._rate * BURST_SECONDS)
        self._level = self._full
        self._at: float | None = None

    def take(self, amount: float, now: float) -> float:
        """Take `amount` and return the seconds to wait before using it."""
        elapsed = 0.0 if self._at is None else now - self._at
        self._at = now
        self._level = min(self._full, self._level + elapsed * self._rate) - amount
        return max(0.0, -self._level / self._rate)

    def give_back(self, amount: float) -> None:
        """Return what was taken and not used."""
        self._level += amount


class Pace:
    """Holds requests back until their minute has room and the server's pause is over."""

    def __init__(self, traffic: Traffic, halt: Halt, clock: Callable[[], float]) -> None:
        self._requests = Bucket(traffic.rpm) if traffic.rpm else None
        self._tokens = Bucket(traffic.tpm) if traffic.tpm else None
        self._halt = halt
        self._clock = clock
        self._paused_until = float("-inf")

    async def clear(self, tokens: int) -> None:
        """Wait until a request of so many input tokens may leave. Raises Halted."""
        self._halt.check()
        until = now = self._clock()
        if self._requests:
            until = now + self._requests.take(1, now)
        if self._tokens:
            until = max(until, now + self._tokens.take(tokens, now))
        while (left := max(until, self._paused_until) - self._clock()) > 0:
            await self._halt.rest(left)

    def correct(self, taken: int, used: int) -> None:
        """Return the input tokens that were taken for a request and turned out not to be there."""
        if self._tokens:
            self._tokens.give_back(taken - used)

    def pause(self, seconds: float) -> None:
        """Let nothing leave for so long: the server said when to come again."""
        self._paused_until = max(self._paused_until, self._clock() + seconds)
