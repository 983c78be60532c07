"""One run of the judge, killed at random moments and resumed each time.

Run as `python -m tests.chaos.judge_kills SEED MOMENTS`; `make chaos` takes fifty. A process of its
own is the server, so it outlives the kills. Each run is a fork of this process, which has loaded
everything, so that a moment lies in the run and not in its start.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from urllib.request import urlopen

from annotate import journal
from annotate.journal import whole_length
from curate.cli import main as curate
from tests.support.judge_runs import KEY, MODEL, PRICES, events_of
from tests.support.waiting import until
from tests.support.workspaces import Bench

CONCURRENCY = 6
LATENCY_MS = 40
ORDERS = 2
PROMPTS_A_MOMENT = 24
LONGEST_S = 0.9
"""How long a run may live before it is killed: from its start on, plan and all."""


@dataclass(frozen=True)
class Outcome:
    """What is left after the last run. `kept` are judgements on the disk at each kill."""

    kept: list[int]
    events: int
    planned: int
    repeated: int
    counts: Counter[str]
    spent: Decimal
    journaled: Decimal


def killed(folder: Path, seed: int, moments: int) -> Outcome:
    """Judge a workspace below `folder` with so many kills. Raises AssertionError."""
    bench = Bench(folder / "workspace")
    for number in range(PROMPTS_A_MOMENT * moments):
        bench.prompt(f"Question {number}?", *(f"Answer {place}." for place in range(4)))
    bench.write()
    chance = Random(seed)
    with _server() as url:
        kept = [_killed_once(bench.root, url, chance) for _ in range(moments)]
        _wait(_forked(bench.root, url), seconds=120)
        record = json.loads(urlopen(f"{url}/_record", timeout=10).read())
        status = _status(bench.root, url)
    events = events_of(bench.root)
    usages = [event.usage for event in events if event.usage]
    return Outcome(
        kept=kept,
        events=len(events),
        planned=ORDERS * len(bench.prompts),
        repeated=sum(count - 1 for count in record["asked"].values()),
        counts=Counter(str(event.request_hash) for event in events if not event.failure),
        spent=Decimal(repr(status["spent_usd"])),
        journaled=sum((Decimal(repr(usage.usd)) for usage in usages), Decimal(0)),
    )


def check(found: Outcome) -> None:
    """What must hold: nothing lost, nothing twice, repeated only what was in flight."""
    assert len(found.counts) == found.planned, f"{found.planned - len(found.counts)} are missing"
    assert set(found.counts.values()) == {1}, "a judgement is journaled twice"
    assert found.events == found.planned
    assert found.repeated <= len(found.kept) * CONCURRENCY
    assert found.spent >= found.journaled


def _killed_once(root: Path, url: str, chance: Random) -> int:
    """Judgements on the disk once a run was killed at a moment drawn by chance."""
    child = _forked(root, url)
    time.sleep(chance.uniform(0.05, LONGEST_S))  # the moment of the kill is what is tried here
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the run had ended before its moment came"
    return sum(_whole_lines(path) for path in (root / "annotations").glob("judge-*.jsonl"))


def _whole_lines(path: Path) -> int:
    """A killed run may leave a torn last line, and nothing else that is wrong."""
    whole = sum(1 for _event in journal.read(path))
    with path.open("rb") as file:
        assert file.read(whole_length(path)).count(b"\n") == whole
    return whole


def _forked(root: Path, url: str) -> int:
    """The process of a run."""
    child = os.fork()
    if child:
        return child
    try:
        _quiet()
        curate(arguments(root, url))
    except SystemExit as stop:
        os._exit(int(stop.code or 0))
    os._exit(99)


def arguments(root: Path, url: str, *more: str) -> list[str]:
    """The command line of a run against the server at `url`."""
    settings = (
        f"judge.model={MODEL}",
        f"judge.base_url={url}",
        f"judge.concurrency={CONCURRENCY}",
        "judge.budget_usd=100",
        PRICES,
    )
    overrides = [part for one in settings for part in ("--set", one)]
    return ["judge", "-C", str(root), *overrides, *more]


def _status(root: Path, url: str) -> Any:
    script = "import sys; from curate.cli import main; main(sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments(root, url, "--status", "--json")],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def _wait(child: int, seconds: float) -> None:
    """Wait for the last run, which nobody kills."""
    until(
        lambda: os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None,
        seconds,
    )
    _, status = os.waitpid(child, 0)
    assert os.WIFEXITED(status)
    assert os.WEXITSTATUS(status) == 0


def _quiet() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


@contextmanager
def _server() -> Iterator[str]:
    """A server in a process of its own; its address."""
    command = [sys.executable, "-m", "tests.support.judge_server", f"--latency-ms={LATENCY_MS}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield server.stdout.readline().strip()
        finally:
            server.kill()


def _load_everything() -> None:
    """Import what a run imports, so that its forks need not."""
    import duckdb  # noqa: F401
    import google.genai  # noqa: F401
    import PIL.Image  # noqa: F401

    import curate.judge.commanding
    import curate.judge.overview
    import curate.judge.stage  # noqa: F401


def main(seed: int = 0, moments: int = 5) -> None:
    """Kill, resume, check, and say what was found."""
    os.environ["GEMINI_API_KEY"] = KEY
    _load_everything()
    with tempfile.TemporaryDirectory() as folder:
        found = killed(Path(folder), seed, moments)
    check(found)
    print(  # noqa: T201 - run by hand
        f"seed {seed}: killed {moments} times, with {found.kept} judgements on the disk; "
        f"{found.planned} in the end, each once; {found.repeated} requests repeated of at most "
        f"{moments * CONCURRENCY} in flight; ${found.spent} counted, ${found.journaled} journaled"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
