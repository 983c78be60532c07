"""A run against the fake rater, with its journal, its money and its files in one hand."""

import asyncio
from collections.abc import AsyncIterable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random

from annotate.journal import line_of, read
from annotate.running.call import Call, Outcome
from annotate.running.committer import Committer, open_new
from annotate.running.report import RunReport
from annotate.running.runner import run
from annotate.running.traffic import Traffic
from annotate.spending.budget import Budget
from annotate.spending.ledger import Ledger, OpenLedger, path_of
from annotate.spending.money import dollars, rates
from annotate.spending.prices import PriceRow
from schemas.event import Event, Rater
from tests.support.fake_rater import MODEL, FakeRater, Plan, always
from tests.support.fake_rater import Step as Step  # noqa: PLC0414 - tests of runs want both

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
PRICE = PriceRow(MODEL, Decimal("0.75"), Decimal("3.75"), date(2026, 12, 31))
SMALL = Traffic(concurrency=8, start=2)


@dataclass
class FakeRun:
    """One run into `folder/<name>.jsonl`; what must hold at every request is checked there."""

    folder: Path
    plan: Plan = field(default_factory=lambda: always(Step()))
    traffic: Traffic = SMALL
    cap: Decimal | None = None
    spent_before: Decimal = Decimal(0)
    name: str = "run"
    seed: int = 0
    outcomes: list[Outcome[int]] = field(default_factory=list)
    pulled: int = 0

    def __post_init__(self) -> None:
        self.rater = FakeRater(self.plan, rates(PRICE), self._check)
        ledger = Ledger(run_id=self.name, pid=1, started=NOON, models=(MODEL,), cap_usd=self.cap)
        self.path = self.folder / f"{self.name}.jsonl"
        self.ledger = OpenLedger(path_of(self.path), ledger)
        self.budget = Budget(self.cap, PRICE, self.spent_before, risk=self.ledger)

    async def run(
        self, calls: Iterable[Call[int]] | AsyncIterable[Call[int]], planned: int | None = None
    ) -> RunReport:
        loop = asyncio.get_running_loop()
        with open_new(self.path) as file:
            return await run(
                calls if isinstance(calls, AsyncIterable) else self._counted(calls),
                self.rater,
                journal=Committer(file),
                record=event_line,
                budget=self.budget,
                traffic=self.traffic,
                rng=Random(self.seed),
                planned=planned,
                on_done=self._done,
                clock=loop.time,
                sleep=asyncio.sleep,
            )

    @property
    def events(self) -> list[Event]:
        """What the journal holds."""
        return list(read(self.path))

    @property
    def journaled_usd(self) -> Decimal:
        """The sum of the journal."""
        return usd_of(self.events)

    @property
    def billed_usd(self) -> Decimal:
        """The server's own books."""
        return dollars(self.rater.billed)

    def _counted(self, calls: Iterable[Call[int]]) -> Iterator[Call[int]]:
        for call in calls:
            self.pulled += 1
            assert self.pulled - len(self.outcomes) <= self.traffic.concurrency
            yield call

    def _done(self, outcome: Outcome[int]) -> None:
        assert outcome.call.key.encode() in self.path.read_bytes()
        self.outcomes.append(outcome)

    def _check(self) -> None:
        assert self.rater.in_flight <= self.traffic.concurrency
        if self.cap is not None:
            held = self.budget.spent_usd + self.budget.held_usd
            assert self.spent_before + held <= self.cap
        exposed = self.budget.spent_usd + self.budget.held_usd - self.journaled_usd
        assert exposed <= self.ledger.covered_usd


def event_line(outcome: Outcome[int]) -> bytes:
    """An outcome as an event."""
    version = outcome.reply.model_version if outcome.reply else None
    return line_of(
        Event(
            event_id=outcome.call.key,
            at=NOON,
            prompt_id=outcome.call.key,
            rater=Rater(kind="judge", id=MODEL, version=version),
            request_hash=outcome.call.key,
            failure=outcome.failure,
            usage=outcome.usage,
        )
    )


def usd_of(events: Iterable[Event]) -> Decimal:
    """The dollars of events, read exactly as they were written."""
    usages = [event.usage for event in events if event.usage]
    return sum((Decimal(repr(usage.usd)) for usage in usages), Decimal(0))
