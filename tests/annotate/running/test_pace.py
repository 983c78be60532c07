"""Requests and tokens a minute, and the pauses that a server asks for."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.running.halt import Halt, Halted
from annotate.running.pace import Bucket, Pace
from annotate.running.traffic import Traffic
from tests.support.virtual_time import run_virtually


@given(
    rate=st.floats(1, 10_000),
    takes=st.lists(st.tuples(st.floats(0, 30), st.floats(0, 500)), min_size=1, max_size=60),
)
def test_no_minute_sees_more_than_the_rate_and_one_burst(
    rate: float, takes: list[tuple[float, float]]
) -> None:
    bucket, now, leaves = Bucket(rate), 0.0, []
    for gap, amount in takes:
        now += gap
        leaves.append((now + bucket.take(amount, now), amount))
    largest = max(amount for _, amount in takes)
    for start, _ in leaves:
        minute = sum(amount for at, amount in leaves if start <= at < start + 60)
        assert minute <= rate * (1 + 1 / 60) + 1 + largest + 1e-6 * rate


def test_a_bucket_that_was_idle_is_no_fuller_than_its_burst() -> None:
    bucket = Bucket(60)
    bucket.take(1, 0)
    assert bucket.take(1, 1000) == 0
    assert bucket.take(1, 1000) == pytest.approx(1)


def test_later_takers_wait_for_the_debts_of_earlier_ones() -> None:
    bucket = Bucket(60)
    assert [bucket.take(2, 0) for _ in range(3)] == pytest.approx([1, 3, 5])
    bucket.give_back(4)
    assert bucket.take(1, 0) == pytest.approx(2)


def test_a_pause_is_for_all_and_may_grow() -> None:
    async def main() -> float:
        loop = asyncio.get_running_loop()
        pace = Pace(Traffic(), Halt(asyncio.sleep), loop.time)
        pace.pause(10)
        waiter = asyncio.ensure_future(pace.clear(1))
        await asyncio.sleep(5)
        pace.pause(20)
        pace.pause(1)
        await waiter
        return loop.time()

    assert run_virtually(main()) == 25


def test_who_waits_is_woken_when_the_run_stops() -> None:
    async def main() -> float:
        loop = asyncio.get_running_loop()
        halt = Halt(asyncio.sleep)
        pace = Pace(Traffic(), halt, loop.time)
        pace.pause(1000)
        waiter = asyncio.ensure_future(pace.clear(1))
        await asyncio.sleep(1)
        halt.stop(RuntimeError("first"))
        halt.stop(RuntimeError("second"))
        with pytest.raises(Halted):
            await waiter
        with pytest.raises(Halted):
            await pace.clear(1)
        assert str(halt.reason) == "first"
        return loop.time()

    assert run_virtually(main()) == 1
