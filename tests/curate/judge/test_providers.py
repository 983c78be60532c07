"""The same judging through the other providers and tiers."""

import json
from pathlib import Path
from typing import Any

import pytest

from curate.judge.traffic import traffic_of
from schemas.config_judge import JudgeSection
from tests.support.judge_runs import MODEL, Judge, judging, saying
from tests.support.workspaces import Bench


def test_an_openai_compatible_server_needs_no_key(
    asked: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked.write()
    with judging(asked.root, monkeypatch, "judge.provider=openai") as judge:
        monkeypatch.delenv("GEMINI_API_KEY")
        done = judge.json(f"judge.base_url={judge.url}/v1")
        assert (done["rated"], judge.record.by_endpoint["chat"]) == (6, 12)
        assert judge.json(f"judge.base_url={judge.url}/v1")["cached"] == 6
    assert {event.rater.id for event in judge.events} == {f"openai/{MODEL}"}


def test_another_provider_of_the_same_model_is_another_judge(judge: Judge) -> None:
    judge()
    done = judge.json("judge.provider=openai", f"judge.base_url={judge.url}/v1")
    assert (done["rated"], done["cached"]) == (6, 0)


def test_recorded_replies_are_played_back_without_a_server(judge: Judge, asked: Bench) -> None:
    judge("--record", asked.root / "replies.jsonl", "judge.samples=2")
    recorded = judge.events
    for path in (asked.root / "annotations").glob("judge-*"):
        path.unlink()
    sent = judge.asked
    done = judge.json(
        "judge.provider=replay", "judge.base_url=replies.jsonl", "judge.samples=2", "--budget-usd=1"
    )
    assert (done["rated"], done["usd"], judge.asked) == (6, 0, sent)
    said = {(event.prompt_id, event.order_no, event.sample): event.answers for event in recorded}
    assert len(judge.events) == len(said) == 24
    for event in judge.events:
        assert event.rater.id == f"replay/{MODEL}"
        assert event.answers == said[event.prompt_id, event.order_no, event.sample]


def test_what_was_not_recorded_fails_with_a_reason(judge: Judge, asked: Bench) -> None:
    judge("--record", asked.root / "replies.jsonl", "--limit", "2")
    done = judge.json("judge.provider=replay", "judge.base_url=replies.jsonl")
    assert (done["rated"], done["failed"]) == (2, {"refused_by_server": 4})


def test_a_recording_that_is_not_there_is_named(judge: Judge) -> None:
    ran = judge("judge.provider=replay", "judge.base_url=nowhere.jsonl")
    assert ran.code == 1
    assert "nowhere.jsonl: cannot be read" in ran.err


def test_flex_asks_for_its_tier_and_waits_long(
    asked: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked.write()
    tiers: list[Any] = []

    def answer(body: dict[str, Any]) -> str:
        tiers.append(body.get("serviceTier"))
        return saying(3)

    with judging(asked.root, monkeypatch, answer=answer) as judge:
        flex = judge.json("judge.tier=flex", "--limit", "3")
        standard = judge.json()
    assert tiers == ["flex"] * 6 + [None] * 6
    assert flex["usd"] == pytest.approx(standard["usd"] / 2, rel=0.05)


def test_the_limits_of_a_tier() -> None:
    standard, flex = (traffic_of(JudgeSection(tier=tier)) for tier in ("standard", "flex"))
    assert (standard.timeout, standard.patience) == (120, 900)
    assert (flex.timeout, flex.patience) == (900, 3600)
    own = traffic_of(JudgeSection(tier="flex", timeout_s=5000, rpm=60, tpm=1e5, concurrency=4))
    assert (own.timeout, own.patience, own.rpm, own.tpm) == (5000, 10000, 60, 1e5)
    assert (own.concurrency, own.start) == (4, 4)


def test_thinking_and_temperature_are_sent(judge: Judge) -> None:
    judge('judge.thinking_level="low"', "judge.temperature=0.25", "--limit", "1")
    settings = json.loads(judge.record.last_body)["generationConfig"]
    assert settings["thinkingConfig"] == {"thinkingLevel": "LOW"}
    assert settings["temperature"] == 0.25


def test_an_alias_that_is_rerouted_is_told(asked: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    asked.write()
    with judging(asked.root, monkeypatch, model_version=f"{MODEL}-001") as judge:
        judge("--limit", "2")
    with judging(asked.root, monkeypatch, model_version=f"{MODEL}-002") as judge:
        ran = judge("--json")
    assert ran.json["model_versions"] == {f"gemini/{MODEL}": {f"{MODEL}-001": 4, f"{MODEL}-002": 8}}
    assert "reported 2 model versions" in ran.err


def test_a_file_of_replies_is_taken_from_the_workspace_on(
    judge: Judge, asked: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    judge("--record", asked.root / "replies.jsonl")
    monkeypatch.chdir(tmp_path)
    assert judge.json("judge.provider=replay", "judge.base_url=replies.jsonl")["rated"] == 6
