"""The runner under any plan of faults: nothing lost, nothing twice, never past the cap."""

import asyncio
import shutil
from collections import Counter
from contextlib import suppress
from decimal import Decimal
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.running.call import Call, Tokens
from annotate.running.traffic import Traffic
from annotate.spending.ledger import path_of, read, spent_of
from schemas.errors import BudgetError
from tests.support.fake_rater import Kind, Plan, by_chance, call
from tests.support.fake_run import FakeRun, usd_of
from tests.support.virtual_time import run_virtually

PASSING: tuple[Kind, ...] = (
    "bad", "truncated", "blocked", "busy", "broken", "timeout", "hangs", "wrong"
)  # fmt: skip
SIZES = st.lists(st.builds(Tokens, st.integers(1, 5000), st.integers(1, 5000)), max_size=30)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    kinds = draw(st.lists(st.sampled_from(PASSING), min_size=1, unique=True))
    return by_chance(draw(st.integers(0, 10**6)), kinds, draw(st.sampled_from([0.0, 0.3, 0.9])))


@st.composite
def traffics(draw: st.DrawFn) -> Traffic:
    limit = st.none() | st.sampled_from([20.0, 600.0])
    tokens = st.none() | st.sampled_from([20_000.0, 1_000_000.0])
    return Traffic(
        concurrency=draw(st.integers(1, 9)),
        start=draw(st.integers(1, 9)),
        rpm=draw(limit),
        tpm=draw(tokens),
        timeout=10,
        patience=120,
        circuit=1000,
    )


@settings(max_examples=60)
@given(plan=plans(), traffic=traffics(), sizes=SIZES)
def test_every_call_ends_once_and_its_cost_is_in_the_journal(
    plan: Plan, traffic: Traffic, sizes: list[Tokens]
) -> None:
    with TemporaryDirectory() as folder:
        one = FakeRun(Path(folder), plan, traffic)
        calls = [call(number, worst) for number, worst in enumerate(sizes)]
        report = run_virtually(one.run(calls, planned=len(calls)))
        events = one.events
    keys = [made.key for made in calls]
    assert sorted(event.event_id for event in events) == keys
    assert sorted(outcome.call.key for outcome in one.outcomes) == keys
    assert (report.ended, report.left, report.stopped) == (len(calls), 0, None)
    assert report.failed == Counter(event.failure.reason for event in events if event.failure)
    assert all((outcome.value == 4) != bool(outcome.failure) for outcome in one.outcomes)
    assert report.attempts == one.rater.asked.total()
    assert one.billed_usd <= usd_of(events) == one.budget.spent_usd
    assert one.budget.held_usd == 0


@settings(max_examples=60)
@given(plan=plans(), traffic=traffics(), sizes=SIZES, cents=st.integers(0, 30))
def test_the_cap_is_never_passed(
    plan: Plan, traffic: Traffic, sizes: list[Tokens], cents: int
) -> None:
    cap = Decimal(cents) / 100
    with TemporaryDirectory() as folder:
        one = FakeRun(Path(folder), plan, traffic, cap)
        calls = [call(number, worst) for number, worst in enumerate(sizes)]
        report = run_virtually(one.run(calls, planned=len(calls)))
        events = one.events
    assert one.billed_usd <= one.budget.spent_usd <= cap
    assert usd_of(events) == one.budget.spent_usd
    assert len({event.event_id for event in events}) == len(events) == report.ended
    assert report.left == len(calls) - len(events)
    assert isinstance(report.stopped, BudgetError) or report.left == 0


@settings(max_examples=60)
@given(plan=plans(), traffic=traffics(), moment=st.floats(0, 60), cents=st.integers(1, 40))
def test_a_killed_run_goes_on_within_its_cap_and_repeats_at_most_what_was_in_flight(
    plan: Plan, traffic: Traffic, moment: float, cents: int
) -> None:
    cap = Decimal(cents) / 100
    calls = [call(number) for number in range(25)]
    with TemporaryDirectory() as name:
        folder = Path(name)
        first = FakeRun(folder, plan, traffic, cap, name="first")
        run_virtually(_killed(first, calls, moment, folder))
        ended = {event.event_id for event in first.events}
        assert len(set(first.rater.asked) - ended) <= traffic.concurrency
        before = spent_of(read(path_of(first.path)), first.journaled_usd)
        assert first.billed_usd <= before
        second = FakeRun(folder, plan, traffic, cap, before, name="second")
        rest = [made for made in calls if made.key not in ended]
        report = run_virtually(second.run(rest))
        assert not ended & {event.event_id for event in second.events}
        assert report.stopped or len(ended) + report.ended == len(calls)
        assert first.billed_usd + second.billed_usd <= cap


async def _killed(one: FakeRun, calls: list[Call[int]], moment: float, folder: Path) -> None:
    """Leave of a run what the disk held at one moment, as a kill does."""
    task = asyncio.ensure_future(one.run(calls))
    await asyncio.sleep(moment)
    kept = folder / "kept"
    kept.mkdir()
    files = (one.path, path_of(one.path))
    for file in files:
        shutil.copy(file, kept)
    one.rater.killed = True
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    for file in files:
        shutil.copy(kept / file.name, file)


@settings(max_examples=30)
@given(plan=plans(), traffic=traffics(), moment=st.floats(0, 60))
def test_an_interrupted_run_leaves_whole_lines_only(
    plan: Plan, traffic: Traffic, moment: float
) -> None:
    async def interrupted(one: FakeRun) -> None:
        task = asyncio.ensure_future(one.run(call(number) for number in count()))
        await asyncio.sleep(moment)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    with TemporaryDirectory() as folder:
        one = FakeRun(Path(folder), plan, traffic)
        run_virtually(interrupted(one))
        content = one.path.read_bytes()
        events = one.events
    assert not content or content.endswith(b"\n")
    assert len(events) >= len(one.outcomes)
    assert one.rater.in_flight == 0
    assert one.budget.held_usd == 0
    assert one.billed_usd <= one.budget.spent_usd
