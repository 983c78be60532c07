"""A sampling process that is killed or interrupted, and the run after it.

The server is a process of its own, so that no thread is here when another one is started.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any
from urllib.request import urlopen

import pytest

from annotate.journal import whole_length
from curate.workspace import Workspace
from tests.support.cli import ROOT, Ran, start
from tests.support.sampling import asking, candidates_of, lines_of, questions, sampled
from tests.support.waiting import until

CONCURRENCY = 4
PLANNED = 120


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    command = [sys.executable, "-m", "tests.support.judge_server", "--latency-ms", "20"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.kill()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return asking(tmp_path, *questions(PLANNED // 4))


def asked(url: str) -> dict[str, int]:
    """How often the server was asked each thing."""
    with urlopen(f"{url}/_record") as answer:
        found: dict[str, int] = json.load(answer)["asked"]
    return found


def options(url: str, *more: str) -> tuple[str, ...]:
    return ("--endpoint", url, "--concurrency", str(CONCURRENCY), *more)


def running(workspace: Workspace, url: str, *more: str) -> "subprocess.Popen[str]":
    return start("sample", "--model", "qwen", *options(url, *more), "-C", workspace.root, "--json")


def wait_for(workspace: Workspace, lines: int) -> None:
    """Until so many lines are journaled."""
    until(
        lambda: sum(path.read_bytes().count(b"\n") for path in workspace.sample_journals()) >= lines
    )


def stopped(workspace: Workspace, url: str, lines: int, number: signal.Signals) -> Ran:
    """A run that is sent a signal once so many lines are journaled."""
    with running(workspace, url, "--system", f"After {lines}.") as process:
        wait_for(workspace, lines)
        process.send_signal(number)
        out, err = process.communicate(timeout=20)
    return Ran(process.returncode, out, err)


def gone_on(workspace: Workspace, url: str, lines: int) -> Any:
    return sampled(workspace, url, *options(url)[2:], "--system", f"After {lines}.").json


@pytest.mark.parametrize("seed", [1, 2])
def test_a_killed_run_repeats_at_most_what_was_in_flight(
    workspace: Workspace, server: str, seed: int
) -> None:
    lines = Random(seed).randrange(1, PLANNED - 10)
    before = asked(server)
    ran = stopped(workspace, server, lines, signal.SIGKILL)
    assert ran.code == -signal.SIGKILL
    with workspace.sample_journals()[0].open("ab") as file:
        file.write(b'{"request_hash":"torn')
    found = gone_on(workspace, server, lines)

    new = {name: count for name, count in asked(server).items() if name not in before}
    assert len(new) == PLANNED
    assert sum(new.values()) - PLANNED <= CONCURRENCY
    names = [line.request_hash for line in lines_of(workspace)]
    assert len(names) == len(set(names)) == PLANNED
    assert lines <= found["cached"] == PLANNED - found["sampled"]
    assert len(candidates_of(workspace)) == found["candidates_new"] == PLANNED
    assert len(list(workspace.pulls.glob("sample-*"))) == 1


def test_ctrl_c_leaves_a_whole_journal_that_the_next_run_pulls(
    workspace: Workspace, server: str
) -> None:
    ran = stopped(workspace, server, 30, signal.SIGINT)
    assert ran.code == 130
    assert ran.json["exit_code"] == 130
    assert ran.err.startswith("error: interrupted; the workspace is whole")
    (journal,) = workspace.sample_journals()
    assert whole_length(journal) == journal.stat().st_size
    assert candidates_of(workspace) == []
    assert gone_on(workspace, server, 30)["candidates_new"] == PLANNED


def test_a_second_run_says_who_holds_the_first(workspace: Workspace, server: str) -> None:
    with running(workspace, server, "--seed", "9") as process:
        wait_for(workspace, 5)
        second = sampled(workspace, server, "--seed", "9")
        out, _ = process.communicate(timeout=60)
    assert second.code == 1
    assert second.err == (
        f"error: curate sample is already running in this workspace (process {process.pid}); "
        "wait for it to end\n"
    )
    assert json.loads(out)["sampled"] == PLANNED
