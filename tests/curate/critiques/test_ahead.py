"""Before any dollar is spent: what a run would take and what it would send."""

from pathlib import Path

import pytest

from tests.support.critiquing import critiquing, quoted_in
from tests.support.judge_runs import Judge
from tests.support.workspaces import Bench


def test_a_dry_run_says_calls_and_dollars_and_sends_nothing(editor: Judge) -> None:
    before = sorted(editor.root.rglob("*"))
    found = editor.json("--dry-run", "--budget-usd", "5")
    assert (found["planned"], found["left"], found["calls"]) == (8, 8, 16)
    assert 0 < found["expected_usd"] < found["worst_usd"]
    assert (found["budget_usd"], found["left_usd"], editor.asked) == (5, 5, 0)
    assert sorted(editor.root.rglob("*")) == before
    shown = editor("--dry-run").out
    assert "8 of 8 comments are still to be expanded and checked" in shown


def test_a_dry_run_needs_no_key(editor: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GEMINI_API_KEY")
    assert editor.json("--dry-run")["calls"] == 16


def test_what_a_run_takes_lies_below_its_worst(editor: Judge) -> None:
    found = editor.json("--dry-run")
    done = editor.json()
    assert 0 < done["usd"] < found["worst_usd"]
    after = editor.json("--dry-run")
    assert (after["cached"], after["calls"], after["expected_usd"]) == (8, 0, 0)
    assert after["spent_usd"] == pytest.approx(done["usd"])


def test_a_preview_is_what_is_sent(said: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    said.write()
    bodies = []

    def answer(body: dict[str, object]) -> str:
        bodies.append(body)
        return "no JSON"

    with critiquing(said.root, monkeypatch, "judge.concurrency=1", answer=answer) as run:
        (shown,) = run.json("--preview", "1")["requests"]
        assert run.asked == 0
        run.json("--limit", "1")
    sent = bodies[0]
    assert shown["text"] == sent["contents"][0]["parts"][0]["text"]  # type: ignore[index]
    assert shown["system"] == sent["systemInstruction"]["parts"][0]["text"]  # type: ignore[index]
    assert shown["request_hash"] == run.events[0].request_hash
    assert len(quoted_in(sent)) == 3
    assert len(run.json("--preview", "5")["requests"]) == 5
    assert "--- system ---" in run("--preview", "1").out


def test_two_forms_at_once_are_refused(editor: Judge) -> None:
    assert editor("--dry-run", "--preview", "1").code == 2


def test_without_comments_there_is_nothing_to_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench(tmp_path / "w")
    bench.prompt("q", "a", "b")
    bench.vote("q", "human:h-0123456789ab", {"a": 4, "b": 1})
    bench.write()
    with critiquing(bench.root, monkeypatch) as run:
        assert run("--preview", "1").code == 2
        assert (run.json()["planned"], run.json("--dry-run")["calls"]) == (0, 0)
