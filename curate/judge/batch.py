"""One judge asked through Gemini's batch jobs: hand over, wait, collect, and again what is missing.

A job's money is set aside before it leaves and its name is on the disk before anything can be lost;
so a run that was killed is gone on with by the next one, which finds the jobs under way.
"""

import asyncio

from annotate.base import GiveUp, StopRun, TryAgain
from annotate.raters.gemini_batch import GeminiBatches
from annotate.raters.gemini_batch_state import BatchGone
from curate.judge.batch_collecting import collect
from curate.judge.batch_desk import Desk
from curate.judge.batch_handover import Handover
from curate.judge.batch_log import BatchLog, Job, Started, open_jobs
from curate.judge.context import Context
from curate.judge.members import Member, key_of
from curate.judge.queue import Queue, queue_of
from curate.judge.tables import reload
from curate.judge.tally import Tally
from schemas.errors import BudgetError

MOST_REFUSALS = 5
LONGEST_REST = 600.0


async def ask_in_batches(context: Context, member: Member) -> None:
    """Ask a judge all that is to be asked, and collect what earlier runs handed over.

    What stops the run is in `context.stopped`. Raises StopRun where the key is missing.
    """
    jobs = jobs_of(context, member)
    tally = Tally()
    queue = _queue(context, member, tally, set())
    if not jobs and not queue.anything():
        context.skipped[member] = queue.skipped
        if not queue.skipped:
            context.tally.merge(tally)
            context.counted.add(member)
        return
    batches = GeminiBatches(
        member.model,
        key=key_of(member, context.options.environment),
        base_url=member.base_url,
        thinking_level=context.section.thinking_level,
    )
    log = BatchLog(context.workspace.annotations, context.files.run_id)
    desk = Desk(context, member, batches, log)
    try:
        context.open_files()
        for job in jobs:
            desk.attach(job)
        await _rounds(desk)
    except (StopRun, BudgetError) as stop:
        context.stopped = stop
    finally:
        context.spent_usd += desk.budget.spent_usd
        log.close()
        await batches.close()


def jobs_of(context: Context, member: Member) -> list[Job]:
    """The jobs without an end that are this judge's."""
    jobs = open_jobs(context.workspace.annotations)
    return [job for job in jobs if job.announced.rater == member.rater_id]


async def _rounds(desk: Desk) -> None:
    """Hand over and collect until there is nothing left to hand over."""
    context, refusals, number = desk.context, 0, 0
    while True:
        number += 1
        await _name_jobs(desk)
        queue = _queue(context, desk.member, Tally(), set(desk.holds))
        handover = Handover(desk, queue)
        try:
            await handover.work(f"pairwright-{context.files.run_id}-{number}")
            refusals = 0
        except (TryAgain, BatchGone) as problem:
            refusals += 1
            await _rest(problem, refusals)
            continue
        except GiveUp as problem:
            raise StopRun(f"Gemini refuses the batch: {problem.detail}") from problem
        finally:
            context.skipped[desk.member] = queue.skipped
        if not desk.jobs and handover.short is not None:
            raise desk.budget.over(handover.short)
        if not desk.jobs or not context.options.wait:
            return
        await collect(desk, context.section.poll_s)
        reload(context.engine, context.workspace, context.files.journal)


async def _name_jobs(desk: Desk) -> None:
    """Find the jobs of which no start is known, or write down that they never were."""
    for job in [job for job in desk.jobs if job.name is None]:
        name = await _found(desk, job.announced.display_name)
        if name is None:
            desk.end(job, "never started")
            continue
        desk.log.write(Started(display_name=job.announced.display_name, name=name))
        desk.jobs[desk.jobs.index(job)] = Job(job.announced, name)


async def _found(desk: Desk, display_name: str) -> str | None:
    for refusals in range(1, MOST_REFUSALS + 1):
        try:
            return await desk.batches.find(display_name)
        except (TryAgain, BatchGone) as problem:
            await _rest(problem, refusals)
        except GiveUp as problem:
            raise StopRun(f"Gemini does not list its jobs: {problem.detail}") from problem
    raise AssertionError


async def _rest(problem: TryAgain | BatchGone, refusals: int) -> None:
    """Wait before the service is asked again. Raises StopRun where that was often enough."""
    if refusals >= MOST_REFUSALS:
        raise StopRun(
            f"Gemini takes no batch job: {problem}", "run again later: it goes on where it stopped"
        ) from problem
    after = problem.after if isinstance(problem, TryAgain) else None
    await asyncio.sleep(min(LONGEST_REST, 2.0**refusals if after is None else after))


def _queue(context: Context, member: Member, tally: Tally, waiting: set[str]) -> Queue:
    return queue_of(
        context.workspace,
        context.engine,
        member,
        tally,
        retry_failed=context.options.retry_failed,
        waiting=waiting,
    )
