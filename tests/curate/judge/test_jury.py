"""Several judges, each with a voice of its own, under one cap."""

from collections import Counter
from pathlib import Path

import pytest

from tests.support.judge_runs import MODEL, Judge, judging
from tests.support.workspaces import Bench

NAMES = (f"gemini/{MODEL}", "gemini/other")


def seat(judge: Judge, *models: str) -> Judge:
    """Make these models of the server a jury."""
    members = ", ".join(f'{{model="{model}", base_url="{judge.url}"}}' for model in models)
    judge.settings = (f"judge.jury=[{members}]",)
    return judge


@pytest.fixture
def jury(judge: Judge) -> Judge:
    return seat(judge, MODEL, "other")


def test_every_member_judges_under_its_own_name(jury: Judge) -> None:
    done = jury.json()
    assert (done["planned"], done["rated"], done["calls"]) == (12, 12, 24)
    assert Counter(event.rater.id for event in jury.events) == dict.fromkeys(NAMES, 12)
    assert done["model_versions"] == {NAMES[0]: {MODEL: 12}, NAMES[1]: {"other": 12}}
    assert len(list((jury.root / "annotations").glob("judge-*.jsonl"))) == 1
    again = jury.json()
    assert (again["cached"], again["calls"]) == (12, 0)


def test_a_member_that_joins_is_asked_alone(judge: Judge) -> None:
    judge()
    done = seat(judge, MODEL, "other").json()
    assert (done["rated"], done["cached"], done["calls"]) == (6, 6, 12)


def test_the_cap_is_shared_and_whoever_comes_late_finds_it_spent(jury: Judge) -> None:
    done = jury.json("--budget-usd", "0.07", code=3)
    asked = Counter(event.rater.id for event in jury.events)
    assert asked[NAMES[0]] == 12
    assert 0 < asked[NAMES[1]] < 12
    assert done["usd"] <= 0.07
    assert done["planned"] == done["rated"] + done["failed"]["budget"]


def test_a_jury_beside_a_model_is_refused(jury: Judge) -> None:
    ran = jury("judge.model=third")
    assert (ran.code, jury.asked) == (1, 0)
    assert "both a model and a jury" in ran.err


def test_the_same_member_twice_is_refused(judge: Judge) -> None:
    ran = seat(judge, "other", "other")()
    assert ran.code == 1
    assert "gemini/other twice" in ran.err


def test_a_jury_records_one_by_one(jury: Judge, tmp_path: Path) -> None:
    assert jury("--record", tmp_path / "replies.jsonl").code == 2


def test_members_of_several_providers(asked: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    asked.write()
    with judging(asked.root, monkeypatch) as judge:
        gemini = f'{{model="{MODEL}", base_url="{judge.url}"}}'
        openai = f'{{provider="openai", model="other", base_url="{judge.url}/v1"}}'
        judge.settings = (f"judge.jury=[{gemini}, {openai}]",)
        done = judge.json()
        assert done["rated"] == 12
        assert judge.record.by_endpoint == {"generateContent": 12, "chat": 12}
        assert judge("judge.tier=flex").code == 1, "tiers are Gemini's"


def test_a_member_without_a_key_stops_the_run_and_what_came_stays(judge: Judge) -> None:
    gemini = f'{{model="{MODEL}", base_url="{judge.url}"}}'
    judge.settings = (f'judge.jury=[{gemini}, {{provider="openai", model="other"}}]',)
    ran = judge("--json")
    assert ran.code == 1
    assert "set OPENAI_API_KEY" in ran.err
    assert "set OPENAI_API_KEY" in ran.json["stopped"]
    assert (ran.json["rated"], ran.json["left"], len(judge.events)) == (6, 6, 12)
