"""What a run would take, before any dollar is spent: calls, tokens, dollars, time, and pairs."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from annotate.running.call import Tokens
from annotate.spending.estimate import Estimate, Load, estimate, total
from curate.engines.duckdb import DuckDBEngine
from curate.judge.batch_log import held_usd, open_jobs
from curate.judge.books import spent
from curate.judge.forecast import Forecast, forecast
from curate.judge.members import Member, members_of
from curate.judge.options import Options
from curate.judge.prices import Prices, cap_of, prices_of, unpriced
from curate.judge.queue import queue_of
from curate.judge.routes import unrouted
from curate.judge.tables import judge_tables, read
from curate.judge.tally import Tally
from curate.judge.traffic import traffic_of
from curate.workspace import Workspace

ENOUGH_CALLS = 20
SECONDS_A_CALL = {"standard": 8.0, "flex": 300.0, "batch": 86400.0}
"""Where none was measured: of flex its target is 1 to 15 minutes, of batch a day for the job."""
NO_LOAD = Load(0, 0, 0, Tokens(0, 0))


@dataclass(frozen=True, slots=True)
class Work:
    """What is left to do for one judge, about so many `prompts`.

    `measured` counts the judgements that the estimate of its output rests on, 0 where that is a
    rule of thumb.
    """

    member: Member
    tally: Tally
    estimate: Estimate
    prompts: int
    measured: int


@dataclass(frozen=True, slots=True)
class DryRun:
    """What is left to do, and what there is to do it with, in US dollars.

    The forecast is by the first judge's judgements.
    """

    tally: Tally
    by_judge: dict[Member, Work]
    forecast: Forecast
    cap_usd: Decimal | None
    spent_usd: Decimal
    warnings: list[str]

    @property
    def expected_usd(self) -> Decimal | None:
        """Of all judges, null where one has no price."""
        return total(one.estimate.expected_usd for one in self.by_judge.values())

    @property
    def worst_usd(self) -> Decimal | None:
        """Of all judges, every call once at its worst; null where one has no price."""
        return total(one.estimate.worst_usd for one in self.by_judge.values())

    @property
    def prompts(self) -> int:
        """Prompts that some judge is still to be asked about."""
        return max(one.prompts for one in self.by_judge.values())

    @property
    def pairs(self) -> int:
        """Pairs to expect of what is left to do."""
        return round(self.forecast.pairs_a_prompt * self.prompts)


def dry_run(workspace: Workspace, options: Options) -> DryRun:
    """What a run would take. Nothing is sent and nothing written; no key is needed.

    Raises ConfigError as a run does, but not where a judge has no price.
    """
    section = workspace.settings.config.judge
    members = members_of(section)
    today = options.now().date()
    prices = prices_of(members, section, today, under_cap=False)
    with judge_tables(workspace, options.limit) as engine:
        work = [_work(workspace, engine, member, options, prices) for member in members]
        tally = Tally()
        for one in work:
            tally.merge(one.tally)
        return DryRun(
            tally=tally,
            by_judge={one.member: one for one in work},
            forecast=forecast(engine, workspace, members[0]),
            cap_usd=cap_of(section, options.budget_usd),
            spent_usd=spent(workspace, engine) + held_usd(workspace.annotations),
            warnings=[*unpriced(prices, today), *unrouted(workspace, engine)],
        )


def _work(
    workspace: Workspace, engine: DuckDBEngine, member: Member, options: Options, prices: Prices
) -> Work:
    """What is left to do for one judge."""
    section = workspace.settings.config.judge
    known = _measured(workspace, engine, member)
    tally, load, prompts = Tally(), NO_LOAD, 0
    jobs = open_jobs(workspace.annotations)
    queue = queue_of(
        workspace,
        engine,
        member,
        tally,
        retry_failed=options.retry_failed,
        waiting={entrusted.key for job in jobs for entrusted in job.announced.asked},
        output=known["output_a_score"] if known else None,
    )
    while few := queue.next_few():
        prompts += len({judgement.prompt_id for judgement, _ in few})
        for judgement, prompt in few:
            load += queue.calls.load(judgement, prompt)
    seconds = known["seconds"] if known else None
    found = estimate(
        load,
        prices[member],
        traffic_of(section),
        latency=seconds or SECONDS_A_CALL[section.tier],
        tier=section.tier,
    )
    if section.tier == "batch":
        found = replace(found, seconds=SECONDS_A_CALL["batch"] if load.calls else 0.0)
    return Work(member, tally, found, prompts, known["n_calls"] if known else 0)


def _measured(workspace: Workspace, engine: DuckDBEngine, member: Member) -> dict[str, Any] | None:
    """What the judge's replies took so far, where there are enough of them."""
    rubric = workspace.rubric
    values = {
        "rater": member.rater_id,
        "rubric_hash": rubric.rubric_hash,
        "n_metrics": len(rubric.metric),
    }
    (row,) = read(engine, "judge/measured", **values)
    return row if row["n_calls"] >= ENOUGH_CALLS else None
