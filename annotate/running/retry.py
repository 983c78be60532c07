"""Whether and when a failed call is asked again."""

from random import Random

from annotate.base import TryAgain
from annotate.running.traffic import Traffic

BASE_SECONDS = 1.0
CAP_SECONDS = 60.0


def backoff(failures: int, after: float | None, rng: Random) -> float:
    """Seconds to wait after so many failures in a row.

    The server's own delay is never undercut. Chance spreads the calls, which else all came back in
    the same moment ("full jitter": M. Brooker, Exponential Backoff And Jitter, AWS 2015).
    """
    if after is not None:
        return max(0.0, after) + rng.uniform(0, BASE_SECONDS)
    longest = min(CAP_SECONDS, BASE_SECONDS * 2 ** min(failures - 1, 16))
    return rng.uniform(0, longest)


class Retries:
    """The failures of one request so far, against the attempts and the patience it has."""

    def __init__(self, traffic: Traffic, rng: Random, started: float) -> None:
        self.failures = 0
        self._traffic = traffic
        self._rng = rng
        self._started = started
        self._counted = 0

    def delay(self, failure: TryAgain, now: float) -> float | None:
        """Seconds until the next attempt, None where there is none left.

        Being told to slow down is no fault of the request, so that uses up patience only.
        """
        self.failures += 1
        self._counted += not failure.throttled
        if self._counted >= self._traffic.attempts:
            return None
        delay = backoff(self.failures, failure.after, self._rng)
        too_late = now + delay - self._started > self._traffic.patience
        return None if too_late else delay
