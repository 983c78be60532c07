"""Requests in flight: as many as the server bears, never above the limit, never none."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from annotate.running.window import Place, Window
from tests.support.virtual_time import run_virtually


def test_each_success_opens_the_window_until_the_limit() -> None:
    window = Window(2, 5)
    sizes = []
    for _ in range(5):
        window.succeeded()
        sizes.append(window.size)
    assert sizes == [3, 4, 5, 5, 5]


def test_after_a_complaint_it_opens_by_one_a_round_trip() -> None:
    window = Window(8, 64)
    window.throttled(window.round)
    assert window.size == 4
    for _ in range(4):
        window.succeeded()
    assert 4.8 < window.size <= 5


def test_complaints_about_one_round_trip_halve_once() -> None:
    window = Window(8, 8)
    sent_in = window.round
    for _ in range(8):
        window.throttled(sent_in)
    assert window.size == 4
    window.throttled(window.round)
    assert window.size == 2


@given(limit=st.integers(1, 20), start=st.integers(1, 30), steps=st.lists(st.booleans()))
def test_the_window_stays_between_one_and_its_limit(
    limit: int, start: int, steps: list[bool]
) -> None:
    window = Window(start, limit)
    for good in steps:
        if good:
            window.succeeded()
        else:
            window.throttled(window.round)
        assert 1 <= window.size <= limit


def test_a_freed_place_goes_to_who_waited_longest() -> None:
    async def main() -> list[int]:
        window, entered = Window(1, 1), []

        async def enter(number: int) -> None:
            place = Place(window)
            await place.take()
            entered.append(number)
            await asyncio.sleep(1)
            place.free()
            place.free()  # harmless

        await asyncio.gather(*(enter(number) for number in range(4)))
        return entered

    assert run_virtually(main()) == [0, 1, 2, 3]


def test_a_place_granted_to_who_gave_up_goes_on_to_the_next() -> None:
    async def main() -> None:
        window = Window(1, 1)
        first, second, third = (Place(window) for _ in range(3))
        await first.take()
        waiting = asyncio.ensure_future(second.take())
        after = asyncio.ensure_future(third.take())
        await asyncio.sleep(0.1)
        first.free()
        waiting.cancel()
        await after
        assert waiting.cancelled()

    run_virtually(main())
