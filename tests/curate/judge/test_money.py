"""The cap holds over all runs together, and nothing is spent that is not counted."""

from decimal import Decimal

import pytest

from annotate.spending import ledger
from annotate.spending.ledger import Ledger
from tests.support.judge_runs import MODEL, PRICES, Judge
from tests.support.workspaces import NOW


def journaled(judge: Judge) -> Decimal:
    """The sum of all journals."""
    usages = [event.usage for event in judge.events if event.usage]
    return sum((Decimal(repr(usage.usd)) for usage in usages), Decimal(0))


def test_a_run_stops_before_its_cap_and_says_so(judge: Judge) -> None:
    ran = judge("--json", "--budget-usd", "0.04")
    done = ran.json
    assert ran.code == 3
    assert done["failed"]["budget"] > 0
    assert done["planned"] == done["rated"] + done["cached"] + sum(done["failed"].values())
    assert "the budget is spent" in done["stopped"]
    assert ran.err.startswith("error: the budget is spent")
    assert 0 < journaled(judge) <= Decimal("0.04")


def test_a_cap_is_over_all_runs_together(judge: Judge) -> None:
    judge.json("--budget-usd", "0.04", code=3)
    asked = judge.asked
    judge.json("--budget-usd", "0.04", code=3)
    assert judge.asked == asked
    assert judge.json("--budget-usd", "1")["failed"] == {}
    assert journaled(judge) < 1


def test_the_option_goes_before_the_config(judge: Judge) -> None:
    judge.json("judge.budget_usd=0", "--budget-usd", "1")
    assert judge.json("judge.budget_usd=0")["calls"] == 0


def test_a_cap_of_nothing_stops_before_the_first_call(judge: Judge) -> None:
    done = judge.json("judge.budget_usd=0", code=3)
    assert (done["failed"], done["calls"], judge.asked) == ({"budget": 6}, 0, 0)
    assert not list((judge.root / "annotations").glob("judge-*")), "it leaves no empty journal"


def test_the_risk_of_a_killed_run_counts_as_spent(judge: Judge) -> None:
    path = judge.root / "annotations" / "judge-20260101T000000Z-00000000.ledger.json"
    killed = Ledger(
        run_id="judge-20260101T000000Z-00000000",
        pid=1,
        started=NOW,
        models=(MODEL,),
        at_risk_usd=Decimal("0.5"),
    )
    ledger.write(path, killed)
    assert judge.json("--budget-usd", "0.5", code=3)["calls"] == 0
    shown = judge.json("--status", "--budget-usd", "2")
    assert (shown["spent_usd"], shown["at_risk_usd"], shown["left_usd"]) == (0.5, 0.5, 1.5)
    assert not shown["runs"][0]["closed"]


def test_a_model_without_a_price_is_refused_under_a_cap(judge: Judge) -> None:
    ran = judge("judge.model=nobodys", "--budget-usd", "1")
    assert ran.code == 1
    assert "a spend cap needs the price of 'nobodys'" in ran.err
    assert "[[judge.price]]" in ran.err
    assert judge.asked == 0


def test_without_cap_and_price_dollars_are_not_counted_and_that_is_said(judge: Judge) -> None:
    ran = judge("--json", "judge.model=nobodys")
    assert (ran.code, ran.json["rated"], ran.json["usd"]) == (0, 6, None)
    assert "has no price" in ran.err
    assert all(event.usage and event.usage.usd == 0 for event in judge.events)


def test_a_price_that_ran_out_is_none(judge: Judge) -> None:
    old = PRICES.replace("2999", "2025")
    ran = judge(old, "--budget-usd", "1")
    assert ran.code == 1
    assert "until 2025-12-31" in ran.err


@pytest.mark.parametrize("tier", ["flex", "batch"])
def test_the_cheap_tiers_cost_half(judge: Judge, tier: str) -> None:
    full = judge.json("--dry-run")["expected_usd"]
    assert judge.json("--dry-run", f"judge.tier={tier}")["expected_usd"] == pytest.approx(full / 2)
