"""One run: every judge after another, into one journal, under one cap."""

from curate.judge.at_once import ask_at_once
from curate.judge.batch import ask_in_batches
from curate.judge.context import Context
from curate.judge.members import Member
from curate.judge.questions import n_judgements
from curate.judge.queue import queue_of
from curate.judge.tally import Tally
from schemas.errors import PairwrightError


async def ask_all(context: Context) -> None:
    """Ask every judge what it has not been asked, until something stops the run.

    Raises what keeps the first judge from being asked at all, such as a missing key.
    """
    with context.options.bar(_total(context)) as context.advance:
        for member in context.members:
            try:
                await _ask(context, member)
            except PairwrightError as error:
                if not context.files.opened:
                    raise
                context.stopped = error
            if context.stopped is not None:
                return


async def _ask(context: Context, member: Member) -> None:
    if context.section.tier == "batch":
        await ask_in_batches(context, member)
        return
    tally = Tally()
    queue = queue_of(
        context.workspace,
        context.engine,
        member,
        tally,
        retry_failed=context.options.retry_failed,
        passed_by=context.advance,
    )
    context.skipped[member] = queue.skipped
    if queue.anything():
        await ask_at_once(context, member, queue)
    elif not queue.skipped:
        context.tally.merge(tally)
        context.counted.add(member)


def _total(context: Context) -> int:
    """Judgements of all judges, whether or not they came before."""
    sizes = context.engine.rows("judge/sizes")
    each: int = sum(n_judgements(context.section, answers) * count for answers, count in sizes)
    return each * len(context.members)
