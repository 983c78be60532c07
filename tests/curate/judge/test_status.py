"""`--status`: what was asked and spent so far, and what the judge leans to."""

import pytest

from tests.support.judge_runs import MODEL, Judge


def test_of_a_workspace_that_was_never_judged(judge: Judge) -> None:
    found = judge.json("--status")
    assert (found["runs"], found["spent_usd"], found["failed"]) == ([], 0, {})


def test_needs_no_judge_to_be_named(judge: Judge) -> None:
    judge()
    judge.settings = ("judge.jury=[]",)
    ran = judge("--status", "--json")
    assert len(ran.json["runs"]) == 1


def test_says_what_was_spent_and_what_is_left(judge: Judge) -> None:
    spent = judge.json("--limit", "3")["usd"] + judge.json()["usd"]
    found = judge.json("--status", "--budget-usd", "1")
    assert found["spent_usd"] == pytest.approx(spent)
    assert found["left_usd"] == pytest.approx(1 - spent)
    assert [(run["came"], run["closed"]) for run in found["runs"]] == [(6, True), (6, True)]


def test_tells_the_leaning_to_slots_and_unstable_pairs(judge: Judge) -> None:
    done = judge.json()
    found = judge.json("--status")
    for name in ("unstable", "slot_effect", "model_versions"):
        assert found[name] == done[name]
    unstable = found["unstable"][f"gemini/{MODEL}"]
    assert (unstable["pairs"], unstable["compared"]) == (36, 36)
    assert set(found["slot_effect"][f"gemini/{MODEL}"]) == {"0", "1", "2", "3"}
    out = judge("--status").out
    assert "Pairs seen in several orders" in out
    assert "Points by slot" in out
