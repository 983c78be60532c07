"""A real process, killed or interrupted: at most what was in flight is missing from the disk."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from annotate.journal import read, whole_length
from tests.support.cli import _default_sigint
from tests.support.killed_run import ROOT
from tests.support.waiting import until

SCRIPT = ROOT / "tests" / "support" / "killed_run.py"
CONCURRENCY = 7


def ended(folder: Path, lines: int, number: signal.Signals) -> tuple[int, set[str], list[str]]:
    """Signal a run once so many lines were asked: its exit code, what it asked, what it kept."""
    journal, asked = folder / "run.jsonl", folder / "asked"
    with subprocess.Popen(
        [sys.executable, str(SCRIPT), str(journal), str(asked), str(CONCURRENCY)],
        stderr=subprocess.DEVNULL,
        preexec_fn=_default_sigint,  # noqa: PLW1509 - this test starts no threads
    ) as process:
        until(lambda: _went_on(process, asked, 33 * lines))
        process.send_signal(number)
    kept = [event.event_id for event in read(journal)]
    return process.returncode, set(asked.read_text().split()), kept


def _went_on(process: "subprocess.Popen[bytes]", asked: Path, size: int) -> bool:
    assert process.poll() is None
    return asked.exists() and asked.stat().st_size >= size


@pytest.mark.parametrize("lines", [1, 200])
def test_a_killed_run_misses_at_most_what_was_in_flight(tmp_path: Path, lines: int) -> None:
    code, asked, kept = ended(tmp_path, lines, signal.SIGKILL)
    assert code == -signal.SIGKILL
    assert len(set(kept)) == len(kept)
    assert set(kept) <= asked
    assert len(asked - set(kept)) <= CONCURRENCY


def test_ctrl_c_leaves_a_whole_journal(tmp_path: Path) -> None:
    code, asked, kept = ended(tmp_path, 200, signal.SIGINT)
    assert code != 0
    assert len(set(kept)) == len(kept)
    assert len(asked - set(kept)) <= CONCURRENCY
    journal = tmp_path / "run.jsonl"
    assert whole_length(journal) == journal.stat().st_size
