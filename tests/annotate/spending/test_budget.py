"""The spend cap: exact, first come first served, and never passed by what is known."""

import asyncio
from collections.abc import Coroutine
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.running.call import Tokens
from annotate.spending.budget import Budget
from annotate.spending.prices import PriceRow
from schemas.errors import BudgetError, ConfigError
from schemas.event import Usage
from tests.support.virtual_time import run_virtually

# A dollar a token, so that sums are seen at a glance.
DOLLAR = PriceRow("m", Decimal(10**6), Decimal(10**6), date.max)


def one(dollars: int) -> Tokens:
    return Tokens(dollars, 0)


def usage(dollars: int) -> Usage:
    return Usage(input_tokens=dollars)


def budget(cap: int | None, spent: int = 0, **options: Any) -> Budget:
    return Budget(None if cap is None else Decimal(cap), DOLLAR, Decimal(spent), **options)


async def soon(waiter: Coroutine[Any, Any, Any]) -> "asyncio.Future[Any]":
    """A waiter that has had its chance to go on."""
    task = asyncio.ensure_future(waiter)
    await asyncio.sleep(0.1)
    return task


def test_what_a_call_cost_is_settled_and_the_rest_is_free_again() -> None:
    async def main() -> None:
        purse = budget(10)
        hold = await purse.reserve(one(10))
        assert purse.held_usd == 10
        assert purse.settle(hold, usage(3)) == 3 * 10**12
        assert (purse.spent_usd, purse.held_usd) == (Decimal(3), Decimal(0))
        await purse.reserve(one(7))

    run_virtually(main())


def test_cached_tokens_have_their_price_and_thoughts_are_output() -> None:
    row = PriceRow("m", Decimal(2), Decimal(10), date.max, cached_input=Decimal("0.2"))
    took = Usage(input_tokens=1000, cached_tokens=600, output_tokens=50, thought_tokens=70)

    async def spent(**options: Any) -> Decimal:
        purse = Budget(None, row, **options)
        purse.settle(await purse.reserve(Tokens(1, 1)), took)
        return purse.spent_usd

    exact = (400 * Decimal(2) + 600 * Decimal("0.2") + 120 * Decimal(10)) / 10**6
    assert run_virtually(spent()) == exact
    assert run_virtually(spent(tier="flex")) == exact / 2
    assert run_virtually(spent(tier="batch")) == exact / 2


def test_cached_tokens_without_a_price_count_in_full() -> None:
    async def main() -> None:
        purse = budget(None)
        purse.settle(await purse.reserve(one(1)), Usage(input_tokens=5, cached_tokens=4))
        assert purse.spent_usd == 5

    run_virtually(main())


@pytest.mark.parametrize(
    ("took", "dollars"),
    [
        (Usage(), 7),
        (Usage(input_tokens=1), 1),
        (Usage(output_tokens=2), 2),
        (Usage(thought_tokens=3), 3),
        (Usage(input_tokens=4, cached_tokens=4), 4),
    ],
)
def test_a_reply_that_reports_no_tokens_counts_at_its_worst(took: Usage, dollars: int) -> None:
    purse = budget(10)
    assert purse.settle(purse.commit(one(7)), took) == dollars * 10**12
    assert purse.spent_usd == dollars
    assert purse.held_usd == 0


def test_more_cached_tokens_than_input_are_no_discount() -> None:
    purse = budget(10)
    took = Usage(input_tokens=2, cached_tokens=3)
    assert purse.settle(purse.commit(one(7)), took) == 3 * 10**12


def test_without_a_price_nothing_counts_whatever_is_reported() -> None:
    purse = Budget(None, None)
    for took in (Usage(), Usage(input_tokens=5, cached_tokens=4, output_tokens=3)):
        assert purse.settle(purse.commit(one(7)), took) == 0
    assert purse.spent_usd == 0


def test_what_is_released_costs_nothing() -> None:
    purse = budget(10)
    purse.release(purse.commit(one(7)))
    assert purse.spent_usd == purse.held_usd == 0


def test_the_whole_cap_is_there_for_a_first_run() -> None:
    assert Budget(Decimal(10), DOLLAR).reserve_now(one(10)) is not None


def test_what_does_not_fit_waits_for_others_to_settle() -> None:
    async def main() -> None:
        purse = budget(10)
        first = await purse.reserve(one(6))
        second = await soon(purse.reserve(one(6)))
        assert not second.done()
        purse.settle(first, usage(4))
        await second
        assert purse.spent_usd + purse.held_usd == 10

    run_virtually(main())


def test_nobody_passes_who_came_first() -> None:
    async def main() -> None:
        purse = budget(10)
        first = await purse.reserve(one(6))
        large = await soon(purse.reserve(one(8)))
        small = await soon(purse.reserve(one(1)))
        assert not small.done()
        purse.release(first)
        await asyncio.gather(large, small)

    run_virtually(main())


def test_what_can_never_fit_ends_the_run_for_all() -> None:
    async def main() -> None:
        purse = budget(10)
        first = await purse.reserve(one(6))
        waiting = [await soon(purse.reserve(one(6))), await soon(purse.reserve(one(1)))]
        purse.settle(first, usage(6))
        for waiter in waiting:
            with pytest.raises(BudgetError, match=r"\$4.000000 left"):
                await waiter
        with pytest.raises(BudgetError):
            await purse.reserve(one(1))

    run_virtually(main())


def test_what_earlier_runs_spent_counts() -> None:
    async def main() -> None:
        await budget(10, spent=4).reserve(one(6))
        with pytest.raises(BudgetError):
            await budget(10, spent=4).reserve(one(7))
        with pytest.raises(BudgetError, match=r"\$0.000000 left"):
            await budget(10, spent=12).reserve(one(1))

    run_virtually(main())


def test_an_unknown_bill_is_settled_at_its_worst_case() -> None:
    async def main() -> None:
        purse = budget(10)
        purse.settle_unknown(await purse.reserve(one(6)))
        assert purse.spent_usd == 6

    run_virtually(main())


def test_a_server_that_counts_more_makes_later_worst_cases_larger() -> None:
    async def main() -> None:
        purse = budget(100)
        purse.settle(await purse.reserve(one(10)), usage(15))
        assert purse.spent_usd == 15
        hold = await purse.reserve(one(20))
        assert purse.held_usd == 30
        # A smaller excess does not take the larger one back.
        purse.settle(hold, usage(21))
        await purse.reserve(one(20))
        assert purse.held_usd == 30

    run_virtually(main())


def test_a_larger_excess_is_rounded_up_and_goes_before_a_smaller_one() -> None:
    purse = budget(100)
    purse.settle(purse.commit(one(3)), usage(4))
    hold = purse.commit(one(10))
    assert hold.amount == 13_333_333_333_334
    purse.settle(hold, usage(20))
    assert purse.commit(one(10)).amount == 20 * 10**12


def test_who_gives_up_waiting_holds_nothing_and_nobody_up() -> None:
    async def main() -> None:
        purse = budget(10)
        first = await purse.reserve(one(6))
        large = await soon(purse.reserve(one(8)))
        small = await soon(purse.reserve(one(4)))
        large.cancel()
        await small
        # And in the very moment in which its turn comes.
        third = await soon(purse.reserve(one(6)))
        purse.release(first)
        third.cancel()
        await asyncio.gather(large, third, return_exceptions=True)
        assert purse.held_usd == 4

    run_virtually(main())


def test_nobody_waits_for_the_money_of_a_run_that_was_stopped() -> None:
    async def main() -> None:
        purse = budget(10)
        await purse.reserve(one(6))
        waiting = await soon(purse.reserve(one(6)))
        purse.stop()
        with pytest.raises(BudgetError):
            await waiting

    run_virtually(main())


def test_a_cap_needs_a_price() -> None:
    with pytest.raises(ConfigError, match="price"):
        Budget(Decimal(1), None)


@given(
    cap=st.decimals(0, 5, places=7),
    price=st.decimals(0, 30, places=3),
    sizes=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), max_size=30),
)
def test_no_rounding_ever_passes_the_cap(
    cap: Decimal, price: Decimal, sizes: list[tuple[int, int]]
) -> None:
    row = PriceRow("m", price, price * 3, date.max)

    async def main() -> None:
        purse, total = Budget(cap, row, tier="flex"), Decimal(0)
        for number_in, number_out in sizes:
            try:
                hold = await purse.reserve(Tokens(number_in, number_out))
            except BudgetError:
                break
            purse.settle(hold, Usage(input_tokens=number_in, output_tokens=number_out))
            total += (number_in * price + number_out * price * 3) / 2 / 10**6
            assert total == purse.spent_usd <= cap

    run_virtually(main())


class Paper:
    """What the disk would say."""

    def __init__(self) -> None:
        self.covered_usd = Decimal(0)
        self.covered: list[Decimal] = []

    @property
    def writes(self) -> int:
        return len(self.covered)

    def cover(self, usd: Decimal) -> None:
        self.covered_usd = usd
        self.covered.append(usd)


def test_what_a_kill_would_hide_is_written_down_first_and_rarely() -> None:
    async def main() -> None:
        paper = Paper()
        purse = budget(1000, risk=paper)
        holds = [await purse.reserve(one(5)) for _ in range(100)]
        assert paper.covered_usd >= 500
        assert paper.writes < 10
        for hold in holds:
            cost = purse.settle(hold, usage(5))
            purse.written(cost)
            purse.release(await purse.reserve(one(5)))
        assert paper.covered_usd <= 1000
        assert paper.writes < 10

    run_virtually(main())


def test_the_disk_is_told_twice_what_is_in_flight_and_only_of_more_than_it_knows() -> None:
    paper = Paper()
    purse = budget(1000, risk=paper)
    for _ in range(3):
        purse.commit(one(1))
    assert paper.covered == [2, 6]


def test_what_is_settled_and_not_yet_in_the_journal_is_at_risk_too() -> None:
    paper = Paper()
    purse = budget(10, risk=paper)
    purse.settle(purse.commit(one(4)), usage(4))
    purse.commit(one(5))
    assert paper.covered == [8, 10]


def test_what_the_disk_says_before_the_first_call_is_kept_to() -> None:
    paper = Paper()
    paper.covered_usd = Decimal(5)
    purse = budget(1000, risk=paper)
    purse.commit(one(5))
    purse.commit(one(1))
    assert paper.covered == [12]


def test_what_is_at_risk_is_never_said_to_be_more_than_is_left() -> None:
    async def main() -> None:
        paper = Paper()
        purse = budget(9, risk=paper)
        await purse.reserve(one(8))
        assert paper.covered_usd == 9

    run_virtually(main())


def test_whoever_must_not_wait_is_told_at_once() -> None:
    purse = budget(10)
    first = purse.reserve_now(one(6))
    assert first is not None
    assert purse.reserve_now(one(6)) is None
    assert purse.reserve_now(one(4)) is not None, "what does not fit stops nobody"
    purse.settle(first, usage(1))
    assert purse.spent_usd + purse.held_usd == 5


def test_what_was_promised_before_is_held_whatever_the_cap() -> None:
    purse = budget(10)
    hold = purse.commit(one(12))
    assert purse.held_usd == 12
    assert purse.reserve_now(one(1)) is None
    purse.settle(hold, usage(3))
    assert purse.reserve_now(one(7)) is not None


def test_the_error_of_what_does_not_fit_names_what_is_left() -> None:
    purse = budget(10)
    assert "$10.000000 left, the next call may cost $11.000000" in str(purse.over(one(11)))
