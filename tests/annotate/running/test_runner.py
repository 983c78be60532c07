"""What the runner does with each way a call can go."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from annotate.base import GiveUp, Request, StopRun
from annotate.journal import read
from annotate.prompting.unparsable import Unparsable
from annotate.running.call import Call, Outcome, Tokens
from annotate.running.committer import Committer, open_new
from annotate.running.report import RunReport
from annotate.running.runner import run
from annotate.running.traffic import Traffic
from schemas.errors import BudgetError, SourceError
from tests.support.fake_rater import WORST, FakeRater, Kind, always, call
from tests.support.fake_run import FakeRun, Step, event_line
from tests.support.virtual_time import run_virtually

ONE = Traffic(concurrency=1)


def ran(folder: Path, *steps: Step, calls: int = 1, traffic: Traffic = ONE) -> FakeRun:
    """A run whose server takes the same steps with every call."""
    one = FakeRun(folder, always(*steps), traffic)
    run_virtually(one.run(call(number) for number in range(calls)))
    return one


def only(one: FakeRun) -> Outcome[int]:
    (outcome,) = one.outcomes
    return outcome


def failure_of(one: FakeRun) -> tuple[str, str]:
    failure = only(one).failure
    assert failure is not None
    return failure.reason, failure.detail


def test_a_good_reply_is_a_value_with_its_usage(tmp_path: Path) -> None:
    outcome = only(ran(tmp_path, Step(seconds=2, used=0.5)))
    assert (outcome.value, outcome.failure, outcome.attempts) == (4, None, 1)
    assert outcome.reply is not None
    assert outcome.reply.model_version == "fake-1-0042"
    assert (outcome.usage.input_tokens, outcome.usage.output_tokens) == (500, 250)
    assert outcome.usage.usd == (500 * 0.75 + 250 * 3.75) / 1e6
    assert outcome.usage.seconds == pytest.approx(2)


def test_the_servers_delay_is_waited_for(tmp_path: Path) -> None:
    one = ran(tmp_path, Step("busy", after=47, seconds=0), Step())
    first, second = one.rater.sent_at
    assert 47 <= second - first <= 48
    assert only(one).value == 4


def test_the_servers_delay_holds_for_all_calls(tmp_path: Path) -> None:
    busy, good = Step("busy", after=30, seconds=0), Step(seconds=0.1)
    one = FakeRun(
        tmp_path,
        lambda key, number: busy if key == call(0).key and not number else good,
        Traffic(concurrency=2, start=2),
    )
    run_virtually(one.run(call(number) for number in range(10)))
    assert len([at for at in one.rater.sent_at if at < 30]) == 2


def test_without_a_delay_the_pauses_grow_and_end(tmp_path: Path) -> None:
    one = ran(tmp_path, Step("broken", seconds=0))
    assert failure_of(one) == ("refused_by_server", "503; given up after 6 attempts")
    sent = one.rater.sent_at
    pauses = [later - earlier for earlier, later in pairwise(sent)]
    assert len(pauses) == 5
    assert all(pause <= 2**number for number, pause in enumerate(pauses))


def test_who_waits_leaves_its_place_in_flight_to_others(tmp_path: Path) -> None:
    slow = {call(0).key: [Step("broken", after=100), Step()]}
    one = FakeRun(
        tmp_path,
        lambda key, number: slow[key][number] if key in slow else Step(),
        Traffic(concurrency=2, start=1),
    )
    one.rater.watch = lambda: None if one.rater.in_flight < 2 else pytest.fail("two at once")
    run_virtually(one.run(call(number) for number in range(5)))
    assert [outcome.call.key for outcome in one.outcomes][-1] == call(0).key


def test_being_told_to_slow_down_uses_up_patience_only(tmp_path: Path) -> None:
    one = ran(tmp_path, *[Step("busy", after=40, seconds=0)] * 15, Step())
    assert only(one).value == 4
    assert only(one).attempts == 16


def test_patience_ends(tmp_path: Path) -> None:
    one = ran(tmp_path, Step("busy", after=100, seconds=0))
    assert failure_of(one) == ("refused_by_server", "429; given up after 9 attempts")


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("truncated", "truncated"),
        ("blocked", "blocked"),
        ("wrong", "refused_by_server"),
    ],
)
def test_what_cannot_get_better_is_asked_once(tmp_path: Path, kind: Kind, reason: str) -> None:
    one = ran(tmp_path, Step(kind))
    assert failure_of(one)[0] == reason
    assert only(one).attempts == one.rater.asked.total() == 1
    assert only(one).value is None


def test_an_unreadable_reply_is_repaired_once(tmp_path: Path) -> None:
    one = ran(tmp_path, Step("bad", used=1), Step("good", used=0.5))
    assert (only(one).value, only(one).failure, only(one).attempts) == (4, None, 2)
    assert only(one).usage.output_tokens == 500 + 250


def test_a_second_unreadable_reply_is_a_failure(tmp_path: Path) -> None:
    one = ran(tmp_path, Step("bad"))
    assert failure_of(one) == ("unparsable", "'four' is no number")
    assert only(one).attempts == 2


def test_without_a_repair_an_unreadable_reply_is_a_failure_at_once(tmp_path: Path) -> None:
    one = FakeRun(tmp_path, always(Step("bad")), ONE)
    run_virtually(one.run([call(1, repairs=False)]))
    assert failure_of(one)[0] == "unparsable"
    assert only(one).attempts == 1


def test_a_repair_is_retried_like_any_request(tmp_path: Path) -> None:
    one = ran(tmp_path, Step("bad"), Step("broken"), Step("broken"), Step())
    assert (only(one).value, only(one).attempts) == (4, 4)


def test_a_repairs_worst_case_holds_the_reply_that_it_sends_back(tmp_path: Path) -> None:
    held: list[Decimal] = []
    one = FakeRun(tmp_path, always(Step("bad"), Step()), ONE)
    one.rater.watch = lambda: held.append(one.budget.held_usd)
    run_virtually(one.run([call(1, Tokens(1000, 500))]))
    assert held[1] - held[0] == Decimal("0.75") * (500 + 512) / 10**6


def test_a_timeout_is_counted_at_its_worst_case_and_asked_again(tmp_path: Path) -> None:
    one = ran(tmp_path, Step("timeout"), Step(used=0.5))
    assert (only(one).value, only(one).attempts) == (4, 2)
    usage = only(one).usage
    assert (usage.input_tokens, usage.output_tokens) == (1000 + 500, 500 + 250)
    assert usage.usd == (1500 * 0.75 + 750 * 3.75) / 1e6


def test_a_rater_that_hangs_is_cut_off(tmp_path: Path) -> None:
    one = ran(tmp_path, Step("hangs"), traffic=replace(ONE, timeout=60, attempts=2))
    reason, detail = failure_of(one)
    assert reason == "timeout"
    assert detail == "no answer within 60 s; given up after 2 attempts"
    assert only(one).usage.seconds == pytest.approx(130)
    assert only(one).usage.input_tokens == 2 * WORST.input


def test_a_reply_without_any_usage_is_counted_at_its_worst_case(tmp_path: Path) -> None:
    one = ran(tmp_path, Step(used=0))
    assert one.budget.spent_usd == (1000 * Decimal("0.75") + 500 * Decimal("3.75")) / 10**6


def test_a_request_that_cannot_be_built_is_a_failure_and_not_asked(tmp_path: Path) -> None:
    def broken() -> Request:
        raise GiveUp("refused_by_server", "the picture is gone")

    one = FakeRun(tmp_path)
    run_virtually(one.run([replace(call(1), build=broken), call(2)]))
    failed = next(outcome for outcome in one.outcomes if outcome.failure)
    assert failed.failure is not None
    assert failed.failure.detail == "the picture is gone"
    assert failed.attempts == 0
    assert one.rater.asked.total() == 1


def test_a_slow_request_is_built_beside_the_loop(tmp_path: Path) -> None:
    one = FakeRun(tmp_path)
    run_virtually(one.run([replace(call(1), slow=True)]), thread_seconds=5)
    assert one.rater.sent_at == [5]


def test_stop_run_lets_what_is_in_flight_end(tmp_path: Path) -> None:
    stop, slow = Step("stop", seconds=1), Step(seconds=3)
    one = FakeRun(tmp_path, lambda key, _: stop if key == call(1).key else slow)
    report = run_virtually(one.run((call(number) for number in range(50)), planned=50))
    assert isinstance(report.stopped, StopRun)
    assert str(report.stopped) == "the key is invalid; set GEMINI_API_KEY"
    assert one.rater.asked.total() == one.pulled == 2
    assert (report.answered, report.left, len(one.events)) == (1, 49, 1)


def test_stop_run_wakes_who_waits_for_another_attempt(tmp_path: Path) -> None:
    plans = {call(0).key: [Step("broken", after=600)], call(1).key: [Step("stop", seconds=5)]}
    one = FakeRun(tmp_path, lambda key, number: plans[key][number])
    report, ended = run_virtually(_timed(one, 2))
    assert isinstance(report.stopped, StopRun)
    assert ended < 6
    assert not one.events


def test_a_call_that_cost_something_has_a_line_when_the_run_is_stopped(tmp_path: Path) -> None:
    timeout = Step("timeout")
    plans = {call(0).key: [timeout], call(1).key: [Step("stop", seconds=10.1)]}
    one = FakeRun(
        tmp_path,
        lambda key, number: plans[key][number],
        Traffic(concurrency=2, start=2, timeout=10),
        seed=1,
    )
    run_virtually(one.run([call(0), call(1)]))
    reason, detail = failure_of(one)
    assert (reason, detail) == ("timeout", "no answer; the run was stopped before another attempt")
    assert one.journaled_usd == one.budget.spent_usd > 0


def test_many_calls_in_a_row_without_an_answer_stop_the_run(tmp_path: Path) -> None:
    one = FakeRun(tmp_path, always(Step("broken", seconds=0)), Traffic(concurrency=4, circuit=20))
    report = run_virtually(one.run(call(number) for number in range(1000)))
    assert isinstance(report.stopped, StopRun)
    assert str(report.stopped) == (
        "the last 20 calls got no answer, the last one: 503; check the network and the server, "
        "then run again: it goes on where it stopped"
    )
    assert 20 <= report.ended < 24
    assert report.failed == {"refused_by_server": report.ended}


def test_many_refused_calls_in_a_row_stop_the_run_too(tmp_path: Path) -> None:
    one = FakeRun(tmp_path, always(Step("wrong")), Traffic(concurrency=1, circuit=20))
    report = run_virtually(one.run(call(number) for number in range(1000)))
    assert isinstance(report.stopped, StopRun)
    assert report.ended == 20


def test_a_reply_of_any_kind_closes_the_circuit(tmp_path: Path) -> None:
    def plan(key: str, _number: int) -> Step:
        return Step("blocked") if int(key, 16) % 5 == 0 else Step("wrong")

    one = FakeRun(tmp_path, plan, Traffic(concurrency=1, circuit=5))
    report = run_virtually(one.run(call(number) for number in range(100)))
    assert (report.stopped, report.ended) == (None, 100)


def test_a_server_that_sends_away_for_longer_than_patience_stops_the_run(tmp_path: Path) -> None:
    one = FakeRun(tmp_path, always(Step("busy", after=3600, seconds=1)))
    report, ended = run_virtually(_timed(one, 20))
    assert isinstance(report.stopped, StopRun)
    assert str(report.stopped).startswith("the server takes no calls for 3600 s: 429; run again")
    assert ended < 2
    assert not one.events


def test_the_budget_stops_the_run_and_says_how_many_are_left(tmp_path: Path) -> None:
    one = FakeRun(tmp_path, always(Step(used=1)), cap=Decimal("0.01"))
    report = run_virtually(one.run((call(number) for number in range(20)), planned=20))
    assert isinstance(report.stopped, BudgetError)
    assert str(report.stopped) == (
        "the budget is spent: $0.002125 left, the next call may cost $0.002625; "
        "raise the budget and run again: it goes on where it stopped"
    )
    assert (report.answered, report.left) == (3, 17)


def test_what_is_written_down_as_at_risk_does_not_grow_with_the_run(tmp_path: Path) -> None:
    one = ran(tmp_path, Step(used=1), calls=300, traffic=Traffic(concurrency=8))
    worst = (1000 * Decimal("0.75") + 500 * Decimal("3.75")) / 10**6
    assert 8 * worst <= one.ledger.covered_usd <= 16 * worst


def test_a_call_is_held_back_until_others_have_settled(tmp_path: Path) -> None:
    one = FakeRun(
        tmp_path, always(Step(used=0.1)), Traffic(concurrency=8, start=8), cap=Decimal("0.006")
    )
    report = run_virtually(one.run(call(number) for number in range(8)))
    assert (report.answered, report.stopped) == (8, None)
    assert one.rater.most_in_flight == 2


def test_a_repair_that_the_budget_does_not_reach_is_a_budget_failure(tmp_path: Path) -> None:
    one = FakeRun(tmp_path, always(Step("bad", used=1)), ONE, cap=Decimal("0.003"))
    report = run_virtually(one.run([call(1), call(2)], planned=2))
    assert isinstance(report.stopped, BudgetError)
    assert failure_of(one)[0] == "budget"
    assert failure_of(one)[1].startswith("'four' is no number; the budget did not reach")
    assert (report.failed, report.left) == ({"budget": 1}, 1)


def test_requests_keep_within_their_minute(tmp_path: Path) -> None:
    one = FakeRun(
        tmp_path, always(Step(seconds=0)), Traffic(concurrency=20, start=20, rpm=60, circuit=10**6)
    )
    run_virtually(one.run(call(number) for number in range(150)))
    sent = one.rater.sent_at
    assert max(sum(start <= at < start + 60 for at in sent) for start in sent) <= 61
    assert sent[-1] == pytest.approx(149, abs=2)


def test_tokens_keep_within_their_minute_and_unused_ones_are_returned(tmp_path: Path) -> None:
    traffic = Traffic(concurrency=4, start=4, tpm=60_000)
    one = FakeRun(tmp_path, always(Step(seconds=0.1, used=0.5)), traffic)
    run_virtually(one.run(call(number) for number in range(120)))
    # 500 of each 1,000 tokens set aside were used, so two calls a second fit.
    assert one.rater.sent_at[-1] == pytest.approx(60, abs=3)


def test_the_window_opens_from_a_modest_start(tmp_path: Path) -> None:
    one = FakeRun(tmp_path, always(Step()), Traffic(concurrency=32, start=4))
    run_virtually(one.run(call(number) for number in range(200)), thread_seconds=0)
    sent = one.rater.sent_at
    assert len([at for at in sent if at < 0.5]) == 4
    assert one.rater.most_in_flight == 32


def test_calls_may_come_from_an_async_source(tmp_path: Path) -> None:
    async def calls() -> AsyncIterator[Call[int]]:
        for number in range(20):
            await asyncio.sleep(0.1)
            yield call(number)

    one = FakeRun(tmp_path)
    assert run_virtually(one.run(calls())).answered == 20


def test_an_error_of_the_source_stops_the_run_after_what_is_in_flight(tmp_path: Path) -> None:
    def calls(error: Exception) -> Iterator[Call[int]]:
        yield call(0)
        raise error

    expected = SourceError("no such table")
    one = FakeRun(tmp_path)
    report = run_virtually(one.run(calls(expected)))
    assert (report.answered, report.stopped) == (1, expected)

    other = FakeRun(tmp_path, name="other")
    with pytest.raises(ZeroDivisionError):
        run_virtually(other.run(calls(ZeroDivisionError())))
    assert len(other.events) == 1


def test_a_fault_of_ours_is_raised_after_what_is_in_flight(tmp_path: Path) -> None:
    def faulty(_text: str) -> int:
        raise KeyError("ours")

    one = FakeRun(tmp_path)
    with pytest.raises(KeyError, match="ours"):
        run_virtually(one.run([replace(call(0), read=faulty), call(1)]))
    assert [event.event_id for event in one.events] == [call(1).key]


def test_no_calls_are_a_run_too(tmp_path: Path) -> None:
    one = FakeRun(tmp_path)
    report = run_virtually(one.run([], planned=0))
    assert (report.ended, report.left, report.stopped) == (0, 0, None)


def test_no_line_is_written_twice_by_an_interrupt_during_a_commit(tmp_path: Path) -> None:
    async def interrupted(one: FakeRun) -> None:
        task = asyncio.ensure_future(one.run([call(0)]))
        await asyncio.sleep(1.5)  # the reply is here, its line on the way to the disk
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    one = FakeRun(tmp_path)
    run_virtually(interrupted(one), thread_seconds=1)
    assert [event.event_id for event in one.events] == [call(0).key]
    assert not one.outcomes


def test_the_real_clock_and_threads_do_as_well(tmp_path: Path) -> None:
    from annotate.spending.budget import Budget

    async def main() -> RunReport:
        with open_new(tmp_path / "run.jsonl") as file:
            return await run(
                (call(number) for number in range(300)),
                FakeRater(always(Step(seconds=0))),
                journal=Committer(file),
                record=event_line,
                budget=Budget(None, None),
                traffic=Traffic(concurrency=16),
                rng=Random(0),
            )

    report = asyncio.run(main())
    assert report.answered == 300
    assert report.usage.usd == 0
    assert len(list(read(tmp_path / "run.jsonl"))) == 300


async def _timed(one: FakeRun, calls: int) -> tuple[RunReport, float]:
    report = await one.run(call(number) for number in range(calls))
    return report, asyncio.get_running_loop().time()


def leading(number: int, then: Call[int]) -> Call[int]:
    """A call whose value leads to another one."""

    def lead(_value: int) -> Call[int]:
        return then

    return replace(call(number), then=lead)


def test_a_value_leads_to_the_next_call_once_its_line_is_on_the_disk(tmp_path: Path) -> None:
    one = FakeRun(tmp_path, always(Step()), ONE)
    report = run_virtually(one.run([leading(0, leading(1, call(2))), call(3)]))
    assert [outcome.call.key[-1] for outcome in one.outcomes] == ["0", "1", "2", "3"]
    assert [event.event_id[-1] for event in one.events] == ["0", "1", "2", "3"]
    assert (report.answered, report.attempts) == (4, 4)


def test_a_failure_leads_to_nothing(tmp_path: Path) -> None:
    one = FakeRun(tmp_path, always(Step("blocked")), ONE)
    report = run_virtually(one.run([leading(0, call(1))]))
    assert (report.failed, len(one.events)) == ({"blocked": 1}, 1)


def test_a_run_that_stops_between_two_calls_keeps_the_first(tmp_path: Path) -> None:
    plan = {0: Step(used=1.0)}
    one = FakeRun(
        tmp_path, lambda key, _number: plan.get(int(key, 16), Step()), ONE, Decimal("0.004")
    )
    report = run_virtually(one.run([leading(0, call(1))]))
    assert isinstance(report.stopped, BudgetError)
    assert [event.event_id for event in one.events] == [call(0).key]
    assert one.rater.asked == {call(0).key: 1}


def test_what_a_call_leads_to_keeps_its_place_in_flight(tmp_path: Path) -> None:
    traffic = Traffic(concurrency=3, start=3)
    one = FakeRun(tmp_path, always(Step(seconds=1)), traffic)
    run_virtually(one.run(leading(number, call(100 + number)) for number in range(9)))
    assert one.rater.most_in_flight == 3
    assert len(one.events) == 18


def test_a_reply_that_is_refused_fails_with_the_readers_reason(tmp_path: Path) -> None:
    def refuse(_text: str) -> int:
        raise Unparsable("it claims too much", "new_claim")

    one = FakeRun(tmp_path, always(Step()), ONE)
    run_virtually(one.run([replace(call(0, repairs=False), read=refuse)]))
    assert failure_of(one) == ("new_claim", "it claims too much")
