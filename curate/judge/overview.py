"""What judge runs did so far: money, failures by reason, each run, and what the judge leans to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from curate.engines.duckdb import DuckDBEngine
from curate.judge.batch_log import Job, held_usd, open_jobs
from curate.judge.books import RunBooks, books_of, journals_of, spent
from curate.judge.findings import Findings, findings
from curate.judge.members import members_of
from curate.judge.prices import cap_of
from curate.judge.tables import judge_tables
from curate.views import event_rows
from curate.workspace import Workspace


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run. `came` and `failed` count its judgements, with what was put right since.

    Money is in US dollars; `at_risk_usd` is what a run without an end may have been billed beyond
    its journal.
    """

    run_id: str
    started: datetime | None
    judges: tuple[str, ...]
    came: int
    failed: Mapping[str, int]
    spent_usd: Decimal
    at_risk_usd: Decimal
    closed: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """All runs of a workspace. `failed` counts judgements that still stand as failed, by reason.

    `jobs` are batch jobs without an end; `spent_usd` holds the most that they can cost, too.
    """

    runs: list[RunLine]
    failed: dict[str, int]
    jobs: list[Job]
    spent_usd: Decimal
    at_risk_usd: Decimal
    cap_usd: Decimal | None
    findings: Findings

    @property
    def left_usd(self) -> Decimal | None:
        """What the cap leaves, null without one."""
        return None if self.cap_usd is None else max(Decimal(0), self.cap_usd - self.spent_usd)


def overview(workspace: Workspace, budget_usd: float | None = None) -> Overview:
    """Look at journals and ledgers; nothing is asked, and a judge need not be named."""
    section = workspace.settings.config.judge
    members = members_of(section) if section.model or section.jury else ()
    with judge_tables(workspace) as engine:
        found = findings(engine, workspace, members, leaning=True)
        failed = dict(engine.rows("judge/standing_failures"))
        books = books_of(workspace, engine)
        counts = _counts(workspace, engine)
        total = spent(workspace, engine) + held_usd(workspace.annotations)
    return Overview(
        runs=[_line(run, counts.get(run.run_id, {})) for run in books],
        failed=failed,
        jobs=open_jobs(workspace.annotations),
        spent_usd=total,
        at_risk_usd=sum((run.at_risk_usd for run in books), Decimal(0)),
        cap_usd=cap_of(section, budget_usd),
        findings=found,
    )


def _line(run: RunBooks, counts: Mapping[str | None, int]) -> RunLine:
    ledger = run.ledger
    return RunLine(
        run_id=run.run_id,
        started=ledger.started if ledger else None,
        judges=ledger.models if ledger else (),
        came=counts.get(None, 0),
        failed={reason: count for reason, count in counts.items() if reason is not None},
        spent_usd=run.spent_usd,
        at_risk_usd=run.at_risk_usd,
        closed=ledger is None or ledger.closed,
    )


def _counts(workspace: Workspace, engine: DuckDBEngine) -> dict[str, dict[str | None, int]]:
    """Lines of each run by failure reason; null are those that came."""
    counts = {}
    for run_id, path in journals_of(workspace).items():
        engine.define("run_lines", event_rows([path], engine.folder).text)
        counts[run_id] = dict(engine.rows("judge/run_reasons"))
    return counts
