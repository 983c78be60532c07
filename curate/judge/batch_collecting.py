"""Collecting what batch jobs gave: results to the disk first, then the word of a job's end."""

import asyncio

from annotate.base import GiveUp, StopRun, TryAgain
from annotate.raters.gemini_batch_state import BatchGone
from curate.judge.batch_desk import Desk, Kept
from curate.judge.batch_log import Entrusted, Job
from curate.judge.batch_results import Result, result_of, unanswered
from curate.judge.events import Events
from schemas.event import Failure

MOST_TRIES = 3
GROUP = 500
"""Results that reach the disk together."""
PATIENCE = 20
"""Looks in a row that may fail before the run is stopped."""
LATER = "run again later: it collects them"


async def collect(desk: Desk, poll_s: float) -> None:
    """Look at the jobs until all have ended, and keep what came of each.

    Raises StopRun where looking fails for too long; the jobs go on and can be collected later.
    """
    failed = 0
    while desk.jobs:
        for job in list(desk.jobs):
            try:
                await _look(desk, job)
                failed = 0
            except TryAgain as problem:
                failed += 1
                if failed >= PATIENCE:
                    raise StopRun(f"batch jobs cannot be seen: {problem.detail}", LATER) from None
            except GiveUp as problem:
                raise StopRun(f"batch job {job.name}: {problem.detail}", LATER) from None
        if desk.jobs:
            await asyncio.sleep(poll_s)


async def _look(desk: Desk, job: Job) -> None:
    """Take a job that has ended.

    Of one that is gone, and of one whose results are, the rest may have been billed.
    """
    gone, word = False, ""
    try:
        state = await desk.batches.state(str(job.name))
        if not state.ended:
            return
        word = state.word.lower()
        await _take(desk, job)
    except BatchGone:
        gone, word = True, "gone"
    missing = [one for one in job.announced.asked if one.key in desk.holds]
    if gone:
        desk.lose(job)
    await _give_up(desk, job, missing, word)
    desk.end(job, word)


async def _take(desk: Desk, job: Job) -> None:
    """Keep a job's results. One that is to be tried again is left for the next job."""
    asked = job.announced
    waiting = {one.key: one for one in asked.asked if one.key in desk.holds}
    events = Events(asked.rater, asked.rubric, asked.display_name)
    group: list[Kept] = []
    try:
        async for key, outcome in desk.batches.results(str(job.name)):
            entrusted = waiting.pop(key, None)
            if entrusted is None:
                continue
            hold = desk.holds.pop(key)
            if isinstance(outcome, TryAgain) and desk.tries[key] < MOST_TRIES:
                desk.lost[asked.display_name] += unanswered(outcome, desk.budget, hold)
                continue
            result = result_of(outcome, len(entrusted.shown), asked, desk.budget, hold)
            group.append((entrusted.judgement, result))
            if len(group) == GROUP:
                await desk.keep(events, group)
                group = []
    finally:
        await desk.keep(events, group)


async def _give_up(desk: Desk, job: Job, missing: list[Entrusted], word: str) -> None:
    """Write down as failed what was in as many jobs as it may and came out of none.

    The rest of what is missing is handed over again.
    """
    asked = job.announced
    detail = f"{MOST_TRIES} batch jobs ended without it, the last one as {word}"
    failed = Result(None, Failure(reason="timeout", detail=detail))
    await desk.keep(
        Events(asked.rater, asked.rubric, asked.display_name),
        [(one.judgement, failed) for one in missing if desk.tries[one.key] >= MOST_TRIES],
    )
