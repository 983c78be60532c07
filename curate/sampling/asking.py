"""A run: every model asked for what is missing, servers side by side, into one journal.

The models of one server are asked one after another: servers that hold one model at a time would
else load them in turns. A server that fails stops its own models only.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from random import Random

from annotate.registry import rater
from annotate.running.call import Outcome
from annotate.running.committer import Committer, open_new
from annotate.running.runner import run
from annotate.running.traffic import Traffic
from annotate.spending.budget import Budget
from curate.engines.duckdb import DuckDBEngine
from curate.interruptible import run_interruptible
from curate.media.sent import Pictures
from curate.sampling.calls import DrawCall, calls_of
from curate.sampling.line import line_of
from curate.sampling.plan import Plan, Work
from curate.sampling.reach import unreachable
from curate.sampling.settings import Sampling
from curate.sampling.tally import Tally
from schemas.errors import PairwrightError

Advance = Callable[[int], None]
PATIENCE = 900.0
"""Seconds that a call is asked again for; twice its timeout where that is longer."""


@dataclass(frozen=True, slots=True)
class Outside:
    """What a run takes from outside itself. The key is written nowhere."""

    traffic: Traffic
    key: str | None
    now: Callable[[], datetime]
    rng: Random


@dataclass(frozen=True, slots=True)
class Desk:
    """All that the models of a run share."""

    engine: DuckDBEngine
    sampling: Sampling
    pictures: Pictures
    outside: Outside
    advance: Advance


def traffic_of(concurrency: int, rpm: float | None, timeout: float) -> Traffic:
    """How a run may talk to each server; `timeout` is in seconds, for one attempt."""
    return Traffic(
        concurrency=concurrency, rpm=rpm, timeout=timeout, patience=max(PATIENCE, 2 * timeout)
    )


def ask(desk: Desk, plan: Plan, journal: Path) -> tuple[Tally, ...]:
    """What came of asking for all that is missing; lines are in `journal`, which is new.

    Raises OSError where the disk takes no more. Ctrl-C leaves a whole journal.
    """
    return run_interruptible(_ask(desk, plan, journal))


async def _ask(desk: Desk, plan: Plan, journal: Path) -> tuple[Tally, ...]:
    tallies = {work.target.model: Tally(work) for work in plan.work}
    busy = [work for work in plan.work if work.left]
    with open_new(journal) as file:
        committer = Committer(file)
        groups = [_server(desk, group, tallies, committer) for group in _by_server(busy)]
        tasks = [asyncio.ensure_future(group) for group in groups]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await committer.drain()
    return tuple(tallies.values())


def _by_server(busy: Sequence[Work]) -> list[list[Work]]:
    by_address = sorted(busy, key=lambda work: work.target.base_url)
    return [list(group) for _, group in groupby(by_address, lambda work: work.target.base_url)]


async def _server(
    desk: Desk, group: Sequence[Work], tallies: Mapping[str, Tally], committer: Committer
) -> None:
    """Ask the models of one server, in their order."""
    lost = await asyncio.to_thread(unreachable, group[0].target.base_url)
    for work in group:
        tally = tallies[work.target.model]
        tally.stopped = lost
        try:
            if not lost:
                await _model(desk, tally, committer)
        except PairwrightError as error:
            tally.stopped = error


async def _model(desk: Desk, tally: Tally, committer: Committer) -> None:
    target, outside = tally.work.target, desk.outside
    asked = rater("openai", target.model, base_url=target.base_url, key=outside.key)

    def record(outcome: Outcome[str]) -> bytes:
        assert isinstance(outcome.call, DrawCall)  # noqa: S101 - it is one of calls_of
        line = line_of(outcome, outcome.call.draw, target, outside.now())
        return line.model_dump_json(exclude_defaults=True).encode("utf-8") + b"\n"

    def done(outcome: Outcome[str]) -> None:
        tally.count(outcome)
        desk.advance(1)

    try:
        tally.close(
            await run(
                calls_of(desk.engine, tally.work, desk.sampling, desk.pictures),
                asked,
                journal=committer,
                record=record,
                budget=Budget(None, None),
                traffic=outside.traffic,
                rng=outside.rng,
                on_done=done,
            )
        )
    finally:
        await asked.close()
