"""The judge asked about every comment that has no expansion yet, journal first."""

import os
from random import Random

from annotate.base import Rater
from annotate.journal import line_of
from annotate.raters.replay import Recording
from annotate.running.call import Outcome
from annotate.running.runner import run
from annotate.spending.budget import Budget
from curate.console import Advance
from curate.critiques.calls import Calls, CheckCall, Said
from curate.critiques.comments import comments, shown
from curate.critiques.going import Going
from curate.critiques.queue import Queue
from curate.interruptible import run_interruptible
from curate.judge.members import rater_of
from curate.judge.traffic import traffic_of


def ask(going: Going) -> None:
    """Ask for what is missing. Where nothing is, no key is needed and nothing written.

    What stops the run is in `going.stopped`. Raises StopRun where the key is missing.
    """
    total = sum(map(going.missing(), comments(going.engine, going.naming)))
    if total:
        with going.options.bar(total) as advance:
            run_interruptible(_ask(going, _rater(going), advance))


async def _ask(going: Going, rater: Rater, advance: Advance) -> None:
    try:
        going.open_files()
        budget = going.budget()
        try:
            await _run(going, rater, budget, advance)
        finally:
            going.spent_usd += budget.spent_usd
    finally:
        await rater.close()


async def _run(going: Going, rater: Rater, budget: Budget, advance: Advance) -> None:
    def record(outcome: Outcome[Said]) -> bytes:
        return line_of(going.events.of(outcome, going.options.now()))

    def done(outcome: Outcome[Said]) -> None:
        last = outcome.failure is not None or isinstance(outcome.call, CheckCall)
        advance(int(last), f"expanding, ${budget.spent_usd:.2f}")

    report = await run(
        _queue(going),
        rater,
        journal=going.files.committer,
        record=record,
        budget=budget,
        traffic=traffic_of(going.setting.section),
        rng=Random(os.urandom(8)),  # noqa: S311 - spreads retries
        on_done=done,
    )
    going.calls += report.ended
    going.requests += report.attempts
    going.stopped = report.stopped


def _queue(going: Going) -> Queue:
    missing = going.missing()
    asked = (pair for pair in shown(going.engine, going.naming) if missing(pair[0]))
    return Queue(asked, going.known, Calls(going.setting.section, going.events.draft_id))


def _rater(going: Going) -> Rater:
    options, setting = going.options, going.setting
    root = going.workspace.root
    rater = rater_of(setting.member, setting.section, root, options.environment)
    return rater if options.record is None else Recording(rater, options.record)
