"""One attempt at one request: set its money aside, send it, settle what it cost."""

import asyncio

from annotate.base import GiveUp, Reply, Request, StopRun, TryAgain
from annotate.running.call import Tokens
from annotate.running.halt import Halted
from annotate.running.shared import Shared
from annotate.running.tab import Tab
from annotate.spending.budget import Hold
from schemas.errors import BudgetError

GRACE_SECONDS = 5.0
"""How far past its timeout a rater may be before it is cut off: its own report says more."""


async def attempt(shared: Shared, request: Request, worst: Tokens, tab: Tab) -> Reply:
    """The reply to a request sent once, with its cost on the tab.

    Raises TryAgain, GiveUp or StopRun as the rater does, and Halted where the run was stopped
    before it was sent.
    """
    hold = await _cleared(shared, worst)
    tab.attempts += 1
    started = shared.clock()
    try:
        async with asyncio.timeout(shared.traffic.timeout + GRACE_SECONDS):
            reply = await shared.rater.ask(request, timeout=shared.traffic.timeout)
    except TryAgain as failure:
        if failure.may_be_billed:
            _lost(shared, worst, hold, tab)
        else:
            shared.budget.release(hold)
        raise
    except (GiveUp, StopRun):
        shared.budget.release(hold)
        raise
    except TimeoutError:
        _lost(shared, worst, hold, tab)
        detail = f"no answer within {shared.traffic.timeout:g} s"
        raise TryAgain("timeout", detail, may_be_billed=True) from None
    except BaseException:
        _lost(shared, worst, hold, tab)
        raise
    finally:
        tab.seconds += shared.clock() - started
    tab.add(reply.usage, shared.budget.settle(hold, reply.usage))
    if reply.usage.input_tokens:  # some servers report none
        shared.pace.correct(worst.input, reply.usage.input_tokens)
    return reply


async def _cleared(shared: Shared, worst: Tokens) -> Hold:
    """The money of an attempt that may leave now. Raises Halted."""
    try:
        hold = await shared.budget.reserve(worst)
    except BudgetError as error:
        shared.stop(error)
        raise Halted from error
    try:
        await shared.pace.clear(worst.input)
    except BaseException:
        shared.budget.release(hold)
        raise
    return hold


def _lost(shared: Shared, worst: Tokens, hold: Hold, tab: Tab) -> None:
    tab.add_unknown(worst, shared.budget.settle_unknown(hold))
