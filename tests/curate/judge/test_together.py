"""Runs beside each other, stopped by hand, and keys that must stay where they are."""

import signal
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from annotate.journal import whole_length
from tests.support.cli import process, start
from tests.support.judge_runs import KEY, Judge, judging
from tests.support.judge_server.faults import Faults
from tests.support.waiting import until
from tests.support.workspaces import Bench


def under_way(judge: Judge, running: subprocess.Popen[str], answers: int) -> None:
    """Wait until a run has had so many answers."""

    def has_had() -> bool:
        assert running.poll() is None
        return judge.record.answered.total() >= answers

    until(has_had)


def test_a_second_run_says_who_holds_the_first(
    many: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = "judge.concurrency=2"
    with judging(many.root, monkeypatch, few, latency_s=0.05) as judge:
        with start(*judge.arguments("--limit", "40")) as first:
            under_way(judge, first, 2)
            second = judge("--json")
            assert second.code == 1
            assert f"a judge run is already running in this workspace (process {first.pid})" in (
                second.err
            )
            assert judge("--status").code == judge("--dry-run").code == 0, "looking is free"
            assert first.wait(60) == 0
        done = judge.json("--limit", "40")
    assert (done["cached"], done["calls"]) == (40, 0)
    counts = Counter((event.prompt_id, event.order_no) for event in judge.events)
    assert set(counts.values()) == {1}


def test_ctrl_c_leaves_a_workspace_to_go_on_with(
    many: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = "judge.concurrency=4"
    with judging(many.root, monkeypatch, few, latency_s=0.02) as judge:
        with start(*judge.arguments()) as running:
            under_way(judge, running, 20)
            running.send_signal(signal.SIGINT)
            _, err = running.communicate(timeout=60)
        assert running.returncode == 130
        assert "interrupted" in err
        assert "Traceback" not in err
        (journal,) = (many.root / "annotations").glob("judge-*.jsonl")
        assert whole_length(journal) == journal.stat().st_size
        shown = judge.json("--status")
        assert shown["runs"][0]["closed"]
        kept = len(judge.events)
        done = judge.json("judge.concurrency=32")
    assert done["planned"] == done["rated"] + done["cached"] == 200
    assert done["calls"] == 400 - kept
    repeated = sum(count - 1 for count in judge.record.asked.values())
    assert repeated <= 4


def test_ctrl_c_leaves_a_batch_job_to_be_collected(
    asked: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked.write()
    batch = ("judge.tier=batch", "judge.poll_s=30")
    with judging(asked.root, monkeypatch, *batch) as judge:
        with start(*judge.arguments()) as running:
            until(lambda: bool(judge.record.by_endpoint["batches"]))
            assert running.poll() is None
            running.send_signal(signal.SIGINT)
            assert running.wait(20) == 130
        assert len(judge.json("--status")["jobs"]) == 1
        assert judge.json("judge.poll_s=0.01")["rated"] == 6
        assert judge.record.by_endpoint["batchGenerateContent"] == 1


def test_the_key_is_nowhere_but_in_the_request(
    many: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not in a journal, a ledger, an error, a manifest, nor what --debug prints."""
    faults = Faults(seed=1, invalid_key=0.02, malformed=0.1, blocked_prompt=0.1, cut_before=0.1)
    with judging(many.root, monkeypatch, faults=faults) as judge:
        ran = process(*judge.arguments("--debug", "--record", many.root / "replies.jsonl"))
        shown = [judge("--status", "--json"), judge("--dry-run"), judge("--preview", "1")]
        assert judge.record.keys == {KEY}
        assert ran.code == 1
    process("build", "-C", many.root)
    texts = [text for one in (ran, *shown) for text in (one.out, one.err)]
    texts += [path.read_bytes().decode("latin-1") for path in files_below(many.root)]
    assert judge.events
    assert not any(KEY in text for text in texts)


def test_a_missing_key_is_named(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GEMINI_API_KEY")
    for tier in ("standard", "batch"):
        ran = judge(f"judge.tier={tier}")
        assert (ran.code, judge.asked) == (1, 0)
        assert ran.err.count("\n") == 1
        assert "set GEMINI_API_KEY" in ran.err
    openai = judge("judge.provider=openai", "judge.base_url=https://api.openai.com/v1")
    assert "set OPENAI_API_KEY" in openai.err
    assert not list((judge.root / "annotations").glob("judge-*"))


def files_below(folder: Path) -> list[Path]:
    """Every file of a workspace."""
    return [path for path in folder.rglob("*") if path.is_file()]
