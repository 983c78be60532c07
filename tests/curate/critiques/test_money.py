"""The cap is the judge's: over judging and critiques together, set aside before a call leaves."""

from decimal import Decimal

import pytest

from tests.support.judge_runs import Judge, events_of
from tests.support.workspaces import Bench


def journaled(root_of: Judge) -> Decimal:
    """The sum of all journals of both commands."""
    events = [one for kind in ("judge", "critiques") for one in events_of(root_of.root, kind)]
    return sum((Decimal(repr(one.usage.usd)) for one in events if one.usage), Decimal(0))


def test_a_run_stops_before_its_cap_and_says_so(editor: Judge) -> None:
    cap = "0.03"
    ran = editor("--json", "--budget-usd", cap, "judge.concurrency=1")
    done = ran.json
    assert ran.code == 3
    assert done["failed"] == {"budget": 8 - done["expanded"]}
    assert "the budget is spent" in done["stopped"]
    assert ran.err.startswith("error: the budget is spent")
    assert 0 < journaled(editor) <= Decimal(cap)
    asked = editor.asked
    assert editor.json("--budget-usd", cap, "judge.concurrency=1", code=3)["calls"] == 0
    assert editor.asked == asked


def test_more_budget_goes_on_where_it_stopped(editor: Judge) -> None:
    editor.json("--budget-usd", "0.03", "judge.concurrency=1", code=3)
    done = editor.json("--budget-usd", "1")
    assert (done["expanded"] + done["cached"], done["failed"]) == (8, {})
    assert editor.asked == 16, "a draft that came is only checked"


def test_judging_and_critiques_share_one_cap(editor: Judge) -> None:
    spent = editor.json()["usd"]
    editor.command = "judge"
    shown = editor.json("--status", "--budget-usd", "1")
    assert (shown["spent_usd"], shown["left_usd"]) == pytest.approx((spent, 1 - spent))
    assert editor.json("--budget-usd", str(spent), code=3)["calls"] == 0


def test_a_cap_of_nothing_asks_nothing_and_leaves_no_journal(editor: Judge) -> None:
    done = editor.json("judge.budget_usd=0", code=3)
    assert (done["failed"], done["calls"], editor.asked) == ({"budget": 8}, 0, 0)
    assert not list((editor.root / "annotations").glob("critiques-*"))


def test_a_model_without_a_price_is_refused_under_a_cap(editor: Judge) -> None:
    ran = editor("judge.model=nobodys", "--budget-usd", "1")
    assert (ran.code, editor.asked) == (1, 0)
    assert "a spend cap needs the price of 'nobodys'" in ran.err
    ahead = editor("--dry-run", "--json", "judge.model=nobodys").json
    assert (ahead["calls"], ahead["expected_usd"], ahead["worst_usd"]) == (16, None, None)
    assert editor("--dry-run", "judge.model=nobodys").out.count("unknown") == 2
    free = editor("--json", "judge.model=nobodys")
    assert (free.json["expanded"], free.json["usd"]) == (8, None)
    assert "has no price" in free.err


def test_a_workspace_without_comments_spends_nothing(said: Bench, editor: Judge) -> None:
    said.events.clear()
    said.write()
    assert (editor.json()["planned"], editor.asked) == (0, 0)
