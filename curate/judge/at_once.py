"""One judge asked call by call, by the runner: the standard and the flex tier."""

import os
from random import Random

from annotate.base import Rater
from annotate.journal import line_of
from annotate.raters.replay import Recording
from annotate.running.call import Outcome
from annotate.running.runner import run
from annotate.spending.budget import Budget
from curate.judge.calls import Answers
from curate.judge.context import Context
from curate.judge.events import Events
from curate.judge.members import Member, rater_of
from curate.judge.queue import Queue
from curate.judge.traffic import traffic_of


async def ask_at_once(context: Context, member: Member, queue: Queue) -> None:
    """Ask a judge all that is in the queue, journal first.

    Raises StopRun where its key is missing, before anything is written.
    """
    rater = _rater(context, member)
    try:
        context.open_files()
        budget = context.budget(member, context.files.ledger)
        try:
            await _ask(context, member, rater, queue, budget)
        finally:
            context.spent_usd += budget.spent_usd
    finally:
        await rater.close()


async def _ask(
    context: Context, member: Member, rater: Rater, queue: Queue, budget: Budget
) -> None:
    events = Events(member.rater_id, context.workspace.rubric, context.files.run_id)

    def record(outcome: Outcome[Answers]) -> bytes:
        judgement = queue.asked.pop(outcome.call.key)
        version = outcome.reply.model_version if outcome.reply else None
        now = context.options.now()
        return line_of(
            events.of(judgement, outcome.value, outcome.failure, version, outcome.usage, now)
        )

    report = await run(
        queue,
        rater,
        journal=context.files.committer,
        record=record,
        budget=budget,
        traffic=traffic_of(context.section),
        rng=Random(os.urandom(8)),  # noqa: S311 - spreads retries
        on_done=lambda _outcome: context.done(budget.spent_usd),
    )
    context.calls += report.ended
    context.requests += report.attempts
    context.stopped = report.stopped


def _rater(context: Context, member: Member) -> Rater:
    options = context.options
    rater = rater_of(member, context.section, context.workspace.root, options.environment)
    return rater if options.record is None else Recording(rater, options.record)
