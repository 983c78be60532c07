"""Runs that are killed or interrupted go on where they stopped and pay for nothing twice."""

import signal
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from annotate import journal
from tests.support.cli import start
from tests.support.critiquing import comment, critiquing
from tests.support.judge_runs import Judge
from tests.support.waiting import until
from tests.support.workspaces import Bench

PROMPTS, CONCURRENCY = 30, 4
SETTINGS = (f"judge.concurrency={CONCURRENCY}", "judge.budget_usd=100")


@pytest.fixture
def much(tmp_path: Path) -> Bench:
    """Sixty comments, written."""
    bench = Bench(tmp_path / "much")
    for number in range(PROMPTS):
        asked, good, bad = f"q{number}", f"good {number}", f"bad {number}"
        bench.prompt(asked, good, bad)
        comment(bench, asked, {bad: f"misses point {number}", good: f"clear on point {number}"})
    bench.write()
    return bench


def lines(root: Path) -> int:
    """Whole lines of the journals; a torn one at the end is none."""
    paths = (root / "annotations").glob("critiques-*.jsonl")
    return sum(1 for path in paths for _event in journal.read(path))


def stopped_at(run: Judge, count: int, how: signal.Signals) -> int:
    """The exit code of a run in a process of its own that is sent a signal after so many lines."""
    process = start(*run.arguments(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(lambda: lines(run.root) >= count)
        process.send_signal(how)
        return process.wait(30)
    finally:
        process.kill()
        process.wait()


def test_a_killed_run_is_gone_on_with(much: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    kills = (15, 40, 70)
    with critiquing(much.root, monkeypatch, *SETTINGS, latency_s=0.03) as run:
        for count in kills:
            assert stopped_at(run, count, signal.SIGKILL) == -signal.SIGKILL
        done = run.json()
        repeated = sum(count - 1 for count in run.record.asked.values())
        spent = run.json("--dry-run")["spent_usd"]
    assert (done["planned"], done["failed"], done["left"]) == (2 * PROMPTS, {}, 0)
    assert repeated <= len(kills) * CONCURRENCY
    events = run.events
    checked = Counter(event.request_hash for event in events if event.flags)
    assert (len(checked), set(checked.values())) == (2 * PROMPTS, {1})
    drafts = Counter(event.request_hash for event in events if not event.flags)
    assert set(drafts.values()) == {1}, "what was drafted before a kill is only checked"
    assert spent >= sum(event.usage.usd for event in events if event.usage)


def test_ctrl_c_leaves_a_whole_journal(much: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    with critiquing(much.root, monkeypatch, *SETTINGS, latency_s=0.03) as run:
        assert stopped_at(run, 20, signal.SIGINT) == 130
        before = lines(much.root)
        done = run.json()
    assert done["cached"] + done["expanded"] == 2 * PROMPTS
    assert 20 <= before < lines(much.root) == 4 * PROMPTS
