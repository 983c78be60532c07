"""The judge's stage: everything that is not rated yet is asked, and only that.

Going on where it stopped is its nature: what came is in a journal, so running it again asks for the
rest.
"""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from annotate.prompting.answer_shape import check_names
from curate.interruptible import run_interruptible
from curate.judge.batch_log import open_jobs
from curate.judge.books import spent
from curate.judge.context import Context
from curate.judge.files import RunFiles, clear_scratch, new_run_id
from curate.judge.findings import Findings, findings, unstable_warnings
from curate.judge.hashing import Hashing
from curate.judge.members import Member, members_of
from curate.judge.options import Options
from curate.judge.plan import planned
from curate.judge.prices import cap_of, prices_of, unpriced
from curate.judge.routes import route_first, unrouted
from curate.judge.run import ask_all
from curate.judge.tables import judge_tables, reload
from curate.locks import held
from curate.media.decoding import quiet_decoding
from curate.workspace import Workspace
from schemas.counted import counted
from schemas.errors import BudgetError, ConfigError, PairwrightError, UsageError

LOCK = ".judge.lock"


@dataclass(frozen=True, slots=True)
class JudgeReport:
    """What a run came to: items as Tally counts them, money in US dollars.

    `calls` are judgements that ended in this run, `requests` what was sent for them. `usd` is null
    where a judge has no price. `stopped` is what ended the run early, `journal` null where nothing
    was asked; `findings` are over all judgements there are by these judges and this wording.
    """

    planned: int
    rated: int
    cached: int
    failed: Mapping[str, int]
    left: int
    calls: int
    requests: int
    usd: Decimal | None
    stopped: PairwrightError | None
    journal: Path | None
    findings: Findings
    warnings: list[str] = field(default_factory=list)


def judge(workspace: Workspace, options: Options) -> JudgeReport:
    """Ask the workspace's judges what they have not been asked.

    Raises ConfigError for settings that do not hold, WorkspaceError where another run goes on,
    StopRun where a key is missing. A run that is stopped on its way gives a report all the same.
    """
    section = workspace.settings.config.judge
    members = members_of(section)
    check_names(workspace.rubric, ranking=workspace.rubric.ranking)
    if options.record is not None and len(members) > 1:
        raise UsageError("--record with a jury", "record one judge at a time")
    cap = cap_of(section, options.budget_usd)
    today = options.now().date()
    prices = prices_of(members, section, today, under_cap=cap is not None)
    with ExitStack() as stack:
        stack.enter_context(held(workspace.annotations / LOCK, "a judge run"))
        clear_scratch(workspace.annotations)
        route_first(workspace)
        engine = stack.enter_context(judge_tables(workspace, options.limit, workspace.annotations))
        stack.enter_context(quiet_decoding())
        if section.tier != "batch":
            _refuse_to_ask_twice(workspace, members)
        context = Context(
            workspace,
            engine,
            RunFiles(workspace, new_run_id(options.now())),
            options,
            prices,
            cap,
            spent(workspace, engine) if cap is not None else Decimal(0),
        )
        try:
            run_interruptible(ask_all(context))
        finally:
            context.files.close(context.spent_usd - context.lost_usd)
        if context.files.kept:
            reload(engine, workspace, context.files.journal)
        return _report(context, unpriced(prices, today))


def _report(context: Context, priceless: list[str]) -> JudgeReport:
    for member in context.members:
        if member not in context.counted:
            _recount(context, member)
    tally, files = context.tally, context.files
    found = findings(context.engine, context.workspace, context.members, leaning=files.kept)
    limit = context.workspace.settings.config.limits.swap_flips
    return JudgeReport(
        planned=tally.planned,
        rated=tally.rated,
        cached=tally.cached,
        failed=dict(sorted(tally.failed.items())),
        left=tally.left,
        calls=context.calls,
        requests=context.requests,
        usd=None if priceless else context.spent_usd,
        stopped=context.stopped,
        journal=files.journal if files.kept else None,
        findings=found,
        warnings=[
            *priceless,
            *unrouted(context.workspace, context.engine),
            *unstable_warnings(found, limit),
        ],
    )


def _recount(context: Context, member: Member) -> None:
    """Count a judge's items from the journals as they are now."""
    section = context.section
    hashing = Hashing(member, section, context.workspace.rubric)
    for prompt in planned(context.engine, section, hashing):
        context.tally.add(
            prompt,
            retry_failed=context.options.retry_failed,
            over_budget=isinstance(context.stopped, BudgetError),
            skipped=context.skipped.get(member, {}),
        )


def _refuse_to_ask_twice(workspace: Workspace, members: Sequence[Member]) -> None:
    """Raise ConfigError where a judge's batch jobs are under way and another tier is set."""
    names = {member.rater_id for member in members}
    jobs = [job.announced for job in open_jobs(workspace.annotations)]
    waiting = sum(len(job.asked) for job in jobs if job.rater in names)
    if waiting:
        raise ConfigError(
            f"{counted(waiting, 'judgement is', 'judgements are')} with batch jobs that are not "
            "collected yet",
            "collect them first: --set judge.tier=batch",
        )
