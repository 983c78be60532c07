"""The one runner of judging, sampling and critiques: calls in, journal lines and a report out.

As many workers as there may be requests in flight each take a call, see it through all of its
attempts and the journal, and only then take the next. So a run of millions holds a handful of
calls in memory, and a kill repeats at most `concurrency` of them.
"""

import asyncio
import time
from collections.abc import AsyncIterable, Awaitable, Callable, Iterable
from random import Random
from typing import Any, Generic, TypeVar

from annotate.base import Rater
from annotate.running.asking import Asking
from annotate.running.call import Call, Outcome
from annotate.running.circuit import Circuit
from annotate.running.committer import Committer
from annotate.running.halt import Halt, Halted
from annotate.running.pace import Pace
from annotate.running.report import RunReport, Tally
from annotate.running.shared import Shared
from annotate.running.source import Source
from annotate.running.traffic import Traffic
from annotate.running.window import Place, Window
from annotate.spending.budget import Budget
from schemas.errors import PairwrightError

T = TypeVar("T")


def nothing(_outcome: Outcome[Any]) -> None:
    """Do nothing with an outcome."""


async def run(
    calls: Iterable[Call[T]] | AsyncIterable[Call[T]],
    rater: Rater,
    *,
    journal: Committer,
    record: Callable[[Outcome[T]], bytes],
    budget: Budget,
    traffic: Traffic,
    rng: Random,
    planned: int | None = None,
    on_done: Callable[[Outcome[T]], None] = nothing,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> RunReport:
    """What came of asking a rater all the calls; `report.stopped` says what ended it early.

    `record` makes the journal's line of an outcome; `on_done` sees the outcome after the line is on
    the disk. Cancelling stops the requests in flight, writes what had ended, and raises
    CancelledError. Errors that are not the user's to mend (a full disk, a fault in `read`) are
    raised after the requests in flight have ended. Rater and journal file stay open.
    """
    halt = Halt(sleep)
    shared = Shared(
        rater=rater,
        budget=budget,
        traffic=traffic,
        window=Window(traffic.start, traffic.concurrency),
        pace=Pace(traffic, halt, clock),
        circuit=Circuit(traffic.circuit),
        halt=halt,
        clock=clock,
        rng=rng,
    )
    desk = _Desk(shared, Source(calls), journal, record, on_done)
    await desk.work(max(1, traffic.concurrency))
    if isinstance(halt.reason, PairwrightError | None):
        return desk.tally.report(planned, halt.reason)
    raise halt.reason


class _Desk(Generic[T]):
    """The workers of a run, and where their outcomes go."""

    def __init__(
        self,
        shared: Shared,
        source: Source[T],
        journal: Committer,
        record: Callable[[Outcome[T]], bytes],
        on_done: Callable[[Outcome[T]], None],
    ) -> None:
        self.tally = Tally()
        self._shared = shared
        self._source = source
        self._journal = journal
        self._record = record
        self._on_done = on_done

    async def work(self, workers: int) -> None:
        """Run the workers to their end; with one's error, let the others end what is in flight."""
        tasks = {asyncio.ensure_future(self._worker()) for _ in range(workers)}
        try:
            while tasks:
                done, tasks = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
                for error in filter(None, (task.exception() for task in done)):
                    self._shared.stop(error)
        finally:
            await self._end(tasks)

    async def _end(self, tasks: set[asyncio.Task[None]]) -> None:
        """Cancel what still runs and bring to the disk what had ended."""
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._journal.drain()

    async def _worker(self) -> None:
        place = Place(self._shared.window)
        while await self._one(place):
            pass

    async def _one(self, place: Place) -> bool:
        """See one call, and what it leads to, through to the journal; whether there may be more."""
        await place.take()
        try:
            self._shared.halt.check()
            call = await self._source.next()
            if call is None:
                return False
            while call is not None:
                asking = Asking(self._shared, place, call)
                outcome = await asking.outcome()
                await self._keep(outcome, asking.cost)
                call = outcome.next_call()
        except Halted:
            return False
        finally:
            place.free()
        return True

    async def _keep(self, outcome: Outcome[T], cost: int) -> None:
        """Journal first: counted is only what is on the disk."""
        await self._journal.commit(self._record(outcome))
        self._shared.budget.written(cost)
        self.tally.count(outcome, cost)
        self._on_done(outcome)
