"""One request until it has a reply: attempts, the pauses between them, and when to give up."""

from annotate.base import GiveUp, Reply, Request, StopRun, TryAgain
from annotate.running.attempt import attempt
from annotate.running.call import Tokens
from annotate.running.halt import Halted
from annotate.running.retry import Retries
from annotate.running.shared import Shared
from annotate.running.tab import Tab
from annotate.running.window import Place
from schemas.event import Failure


async def reply_to(
    shared: Shared, place: Place, request: Request, worst: Tokens, tab: Tab
) -> Reply:
    """The reply to a request, asked again as often as it may be.

    Raises GiveUp where it gets none, Halted where the run was stopped first.
    """
    retries: Retries | None = None
    started = shared.clock()
    while True:
        sent_in = shared.window.round
        try:
            reply = await attempt(shared, request, worst, tab)
        except TryAgain as failure:
            tab.trouble = Failure(reason=failure.reason, detail=failure.detail)
            if failure.throttled:
                _slow_down(shared, failure, sent_in)
            retries = retries or Retries(shared.traffic, shared.rng, started)
            await _rest(shared, place, retries, failure)
        except GiveUp as failure:
            _note_failed(shared, failure.detail)
            raise
        except StopRun as error:
            shared.stop(error)
            raise Halted from error
        else:
            shared.window.succeeded()
            shared.circuit.answered()
            return reply


def _slow_down(shared: Shared, failure: TryAgain, sent_in: int) -> None:
    """Send less, and nothing at all for as long as the server said."""
    shared.window.throttled(sent_in)
    if failure.after is None:
        return
    if failure.after > shared.traffic.patience:
        shared.stop(
            StopRun(
                f"the server takes no calls for {failure.after:.0f} s: {failure.detail}",
                "run again after that time: it goes on where it stopped",
            )
        )
    shared.pace.pause(failure.after)


async def _rest(shared: Shared, place: Place, retries: Retries, failure: TryAgain) -> None:
    """Wait until the next attempt, with the place in flight left to others.

    Raises GiveUp where there is no further attempt.
    """
    shared.halt.check()
    delay = retries.delay(failure, shared.clock())
    if delay is None:
        _note_failed(shared, failure.detail)
        detail = f"{failure.detail}; given up after {retries.failures} attempts"
        raise GiveUp(failure.reason, detail) from failure
    place.free()
    await shared.halt.rest(delay)
    await place.take()


def _note_failed(shared: Shared, detail: str) -> None:
    error = shared.circuit.failed(detail)
    if error:
        shared.stop(error)
