"""Judging with prompt, client, retries, budget and journal. URL CALLS IN_FLIGHT [text]."""

import asyncio
import sys
import tempfile
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from uuid import uuid4

from annotate.journal import line_of
from annotate.prompting.parsing import ParsedAnswer, parse
from annotate.prompting.repair import repair_request
from annotate.raters.gemini import Gemini
from annotate.running.call import Call, Outcome, Tokens
from annotate.running.committer import Committer, open_new
from annotate.running.report import RunReport
from annotate.running.runner import run
from annotate.running.traffic import Traffic
from annotate.spending.budget import Budget
from annotate.spending.ledger import Ledger, OpenLedger, path_of
from annotate.spending.prices import PriceRow
from benchmarks.judging.work import KEY, RUBRIC, WARM_UP, clocks, numbers, request, tell, view
from schemas.event import Answer, Event, Rater

MODEL = "gemini-3.8-flash"
PRICE = PriceRow(MODEL, Decimal("0.75"), Decimal("3.75"), date.max)
WORST = Tokens(6000, 4096)
Read = tuple[ParsedAnswer, ...]


def call(number: int, *, pictured: bool) -> Call[Read]:
    """One prompt to judge."""
    labels = view(number).labels

    def read(text: str) -> Read:
        return parse(text, rubric=RUBRIC, labels=labels, ranking=False)

    return Call(
        f"{number:032x}", lambda: request(number, pictured=pictured), read, repair_request, WORST
    )


def record(outcome: Outcome[Read]) -> bytes:
    """The event of one prompt."""
    answers = tuple(
        Answer(
            candidate_id=f"{place:032x}",
            position=place,
            scores={name: float(score) for name, score in one.scores.items()},
            rationales=dict(one.reasons),
        )
        for place, one in enumerate(outcome.value or ())
    )
    return line_of(
        Event(
            event_id=outcome.call.key,
            at=datetime.now(UTC),
            prompt_id=outcome.call.key,
            rater=Rater(kind="judge", id=f"gemini/{MODEL}"),
            rubric_id=RUBRIC.rubric_id,
            rubric_hash=RUBRIC.rubric_hash,
            request_hash=outcome.call.key,
            answers=answers,
            failure=outcome.failure,
            usage=outcome.usage,
        )
    )


async def judged(
    folder: Path, rater: Gemini, which: Iterable[int], in_flight: int, *, pictured: bool
) -> RunReport:
    """One run with a journal and a ledger of its own."""
    name = uuid4().hex
    path = folder / f"{name}.jsonl"
    started = datetime.now(UTC)
    ledger = OpenLedger(path_of(path), Ledger(run_id=name, pid=1, started=started, models=(MODEL,)))
    with open_new(path) as file:
        return await run(
            (call(number, pictured=pictured) for number in which),
            rater,
            journal=Committer(file),
            record=record,
            budget=Budget(Decimal(10**6), PRICE, risk=ledger),
            traffic=Traffic(concurrency=in_flight),
            rng=Random(0),
        )


async def main(url: str, count: int, in_flight: int, *, pictured: bool) -> None:
    """Judge and print the figures."""
    rater = Gemini(MODEL, key=KEY, base_url=url)
    with tempfile.TemporaryDirectory() as folder:
        await judged(Path(folder), rater, range(WARM_UP), in_flight, pictured=pictured)
        cpu, wall = clocks()
        report = await judged(Path(folder), rater, numbers(count), in_flight, pictured=pictured)
        cpu_after, wall_after = clocks()
    await rater.close()
    tell(count, report.answered, cpu_after - cpu, wall_after - wall)


if __name__ == "__main__":
    asyncio.run(
        main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), pictured="text" not in sys.argv)
    )
