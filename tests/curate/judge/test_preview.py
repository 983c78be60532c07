"""`--preview`: the exact requests of a few prompts, and their pictures as files."""

import json
from pathlib import Path

import pytest

from tests.support.judge_runs import MODEL, Judge


def test_shows_the_exact_request_without_a_key(
    judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GEMINI_API_KEY")
    (shown,) = judge.json("--preview", "1")["requests"]
    assert shown["rater"] == f"gemini/{MODEL}"
    assert shown["model"] == MODEL
    assert "# The rubric" in shown["system"]
    assert list(shown["schema"]["properties"]) == ["A", "B", "C", "D"]
    assert judge.asked == 0


def test_is_what_a_run_then_sends(judge: Judge, demo_copy: Path) -> None:
    judge.root = demo_copy
    settings = ("judge.orders=1", "judge.concurrency=1", 'judge.thinking_level="low"')
    (shown,) = judge.json("--preview", "1", *settings)["requests"]
    judge("--limit", "1", *settings)
    sent = json.loads(judge.record.last_body)
    parts = sent["contents"][0]["parts"]
    assert sent["systemInstruction"]["parts"] == [{"text": shown["system"]}]
    assert sent["generationConfig"]["responseJsonSchema"] == shown["schema"]
    assert sent["generationConfig"]["maxOutputTokens"] == shown["max_output_tokens"]
    assert len(parts) == len(shown["turns"][0]["parts"])
    for part, seen in zip(parts, shown["turns"][0]["parts"], strict=True):
        assert part.get("text") == seen.get("text")
        if "picture" in seen:
            assert Path(seen["picture"]).read_bytes()
    (event,) = judge.events
    assert event.request_hash == shown["request_hash"]
    assert [answer.candidate_id for answer in event.answers] == shown["candidate_ids"]


def test_shows_also_what_came_already(judge: Judge) -> None:
    first = judge.json("--preview", "2")
    judge()
    assert judge.json("--preview", "2") == first


def test_for_people_it_is_text_with_paths(judge: Judge, demo_copy: Path) -> None:
    judge.root = demo_copy
    ran = judge("--preview", "2")
    assert ran.code == 0
    assert ran.out.count("=== prompt ") == 2
    assert "[picture: " in ran.out
    assert "--- schema ---" in ran.out


def test_one_thing_at_a_time(judge: Judge) -> None:
    ran = judge("--preview", "1", "--status")
    assert ran.code == 2
    assert "--preview and --status at once" in ran.err
