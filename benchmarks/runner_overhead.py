"""The runner's own CPU for each call: python -m benchmarks.runner_overhead [CALLS] [CONCURRENCY].

The rater answers at once, so what is left is pulling, money, retries' bookkeeping, the journal with
its fsyncs, and the event's line. `bare` is the same calls with the same rater and no runner.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random

from annotate.base import Reply, Request, Text, Turn
from annotate.journal import line_of
from annotate.running.call import Call, Outcome, Tokens
from annotate.running.committer import Committer, open_new
from annotate.running.runner import run
from annotate.running.traffic import Traffic
from annotate.spending.budget import Budget
from annotate.spending.ledger import Ledger, OpenLedger, path_of
from annotate.spending.prices import PriceRow
from schemas.event import Event, Rater, Usage

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
JUDGE = Rater(kind="judge", id="instant")
PRICE = PriceRow("instant", Decimal("0.75"), Decimal("3.75"), date.max)
REQUEST = Request((Turn("user", (Text("How good is this answer?"),)),))
USAGE = Usage(input_tokens=2970, output_tokens=400, thought_tokens=600)
REPEATS = 3


class Instant:
    """A rater that answers after one turn of the event loop."""

    model = "instant"

    async def ask(self, _request: Request, *, timeout: float) -> Reply:  # noqa: ARG002, ASYNC109
        """The same reply at once."""
        await asyncio.sleep(0)
        return Reply("4", "stop", USAGE)

    async def close(self) -> None:
        """Nothing to let go of."""


def calls(count: int) -> Iterator[Call[int]]:
    """So many calls, made as they are pulled."""
    worst = Tokens(4000, 4096)
    return (Call(f"{n:032x}", lambda: REQUEST, int, None, worst) for n in range(count))


def record(outcome: Outcome[int]) -> bytes:
    """The journal line of an outcome, as judging writes it."""
    key = outcome.call.key
    return line_of(
        Event(
            event_id=key,
            at=NOON,
            prompt_id=key,
            rater=JUDGE,
            request_hash=key,
            usage=outcome.usage,
        )
    )


async def whole(folder: Path, count: int, concurrency: int) -> None:
    """The calls through the runner, with a cap and a ledger."""
    path = folder / "run.jsonl"
    ledger = OpenLedger(path_of(path), Ledger(run_id="run", pid=1, started=NOON, models=()))
    with open_new(path) as file:
        report = await run(
            calls(count),
            Instant(),
            journal=Committer(file),
            record=record,
            budget=Budget(Decimal(10**6), PRICE, risk=ledger),
            traffic=Traffic(concurrency=concurrency),
            rng=Random(0),
        )
    assert report.answered == count  # noqa: S101 - a benchmark of nothing is none


async def bare(_folder: Path, count: int, concurrency: int) -> None:
    """The calls without the runner: as many loops as there are places, sharing one iterator."""
    source, rater = calls(count), Instant()

    async def worker() -> None:
        for call in source:
            call.read((await rater.ask(call.build(), timeout=1)).text)

    await asyncio.gather(*(worker() for _ in range(concurrency)))


def lines_only(count: int) -> float:
    """CPU seconds of making the journal's lines, which is `record`'s and not the runner's."""
    reply = Reply("4", "stop", USAGE)
    start = time.process_time()
    for call in calls(count):
        record(Outcome(call, 4, reply, None, USAGE, 1))
    return time.process_time() - start


def cpu(work: Callable[[Path, int, int], Awaitable[None]], count: int, concurrency: int) -> float:
    """CPU seconds, user and system, of all threads; the least of some runs."""
    return min(_once(work, count, concurrency) for _ in range(REPEATS))


def _once(work: Callable[[Path, int, int], Awaitable[None]], count: int, concurrency: int) -> float:
    async def started() -> None:
        await work(Path(folder), count, concurrency)

    with tempfile.TemporaryDirectory() as folder:
        start = time.process_time()
        asyncio.run(started())
        return time.process_time() - start


def main(count: int = 20_000, concurrency: int = 64) -> None:
    """Print milliseconds of CPU for each call."""
    runner = cpu(whole, count, concurrency)
    alone = cpu(bare, count, concurrency)
    lines = lines_only(count)
    print(f"{count:,} calls, {concurrency} in flight, ms CPU a call")
    print(f"  with the runner    {1000 * runner / count:.4f}")
    print(f"  bare loop          {1000 * alone / count:.4f}")
    print(f"  making the lines   {1000 * lines / count:.4f}")
    print(f"  the runner's own   {1000 * (runner - alone - lines) / count:.4f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
