"""What runs that ask the judge have spent together, from their journals and ledgers.

A run that was killed may have been billed for what it had in flight: its open ledger says how much
that is at most, and counts as spent.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pyarrow as pa

from annotate.spending import ledger
from annotate.spending.ledger import Ledger
from curate.engines.duckdb import DuckDBEngine
from curate.judge.batch_log import held_usd, lost_usd
from curate.views import event_rows
from curate.workspace import Workspace
from schemas.arrow import table_schema

PREFIXES = ("judge-", "critiques-")
"""What the names of runs begin with that ask the judge, under one cap."""

LEDGER_SUFFIX = ".ledger.json"


@dataclass(frozen=True, slots=True)
class RunBooks:
    """One run's money in US dollars. `ledger` is null where only the journal is there."""

    run_id: str
    journaled_usd: Decimal
    ledger: Ledger | None

    @property
    def spent_usd(self) -> Decimal:
        """The most it can have spent."""
        if self.ledger is None:
            return self.journaled_usd
        return ledger.spent_of(self.ledger, self.journaled_usd)

    @property
    def at_risk_usd(self) -> Decimal:
        """What of it is in no journal, since the run has no end."""
        return Decimal(0) if self.ledger is None else self.ledger.at_risk_usd


def books_of(workspace: Workspace, engine: DuckDBEngine) -> list[RunBooks]:
    """Every such run by its name. Raises JournalError for a damaged ledger."""
    journaled = dict(_journaled(workspace, engine))
    ledgers = {
        path.name.removesuffix(LEDGER_SUFFIX): ledger.read(path)
        for prefix in PREFIXES
        for path in workspace.annotations.glob(f"{prefix}*{LEDGER_SUFFIX}")
    }
    runs = sorted({*journaled, *ledgers})
    return [RunBooks(run, journaled.get(run, Decimal(0)), ledgers.get(run)) for run in runs]


def spent(workspace: Workspace, engine: DuckDBEngine) -> Decimal:
    """US dollars that all runs together may have spent, the workspace's jobs under way apart.

    A benchmark's runs are under the same cap as those of its workspace.
    """
    total = Decimal(0)
    for one in workspace.under_one_cap():
        total += lost_usd(one.annotations)
        total += sum((run.spent_usd for run in books_of(one, engine)), Decimal(0))
        if one.root != workspace.root:
            total += held_usd(one.annotations)
    return total


def journals_of(workspace: Workspace) -> dict[str, Path]:
    """Their journals, sealed or not, by the run's name."""
    return {path.stem: path for path in workspace.journals() if path.stem.startswith(PREFIXES)}


def _journaled(workspace: Workspace, engine: DuckDBEngine) -> Iterator[tuple[str, Decimal]]:
    usage = pa.schema([table_schema("events").field("usage")])
    for run_id, path in journals_of(workspace).items():
        engine.define("run_lines", event_rows([path], engine.folder, usage).text)
        yield run_id, engine.rows("judge/run_cost")[0][0]
