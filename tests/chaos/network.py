"""The judge's server hangs, goes and comes back while a run asks it."""

import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

from tests.chaos import judge_kills, world
from tests.support.judge_runs import KEY, events_of
from tests.support.workspaces import Bench

PROMPTS = 60
CUTS = 4
LONGEST_CUT_S = 20.0
RUNS = 3


def network(folder: Path, chance: Random, _wanted: Mapping[str, Any]) -> str:
    """Cuts of up to twenty seconds, four a run; then a run that nobody disturbs."""
    bench = Bench(folder / "workspace")
    for number in range(PROMPTS):
        bench.prompt(f"Question {number}?", *(f"Answer {place}." for place in range(4)))
    bench.write()
    port = _free_port()
    cut = Counter[str]()
    server = _server(port)
    try:
        for run in range(RUNS):
            calm = run == RUNS - 1
            again = ["--retry-failed"] if calm else []
            process = world.start(
                bench.root, [*_stage(bench.root, port), *again], {"GEMINI_API_KEY": KEY}
            )
            for _ in range(0 if calm else CUTS):
                world.let_run(process, chance.uniform(0, 2))
                if process.poll() is None:
                    server = _cut(server, port, process, chance, cut)
            ran = world.checked(world.ended(process))
            events = events_of(bench.root)
            done = Counter(str(event.request_hash) for event in events if not event.failure)
            assert not done or max(done.values()) == 1, "a judgement is journaled twice"
    finally:
        server.kill()
        server.wait()
    missing = judge_kills.ORDERS * PROMPTS - len(done)
    assert not missing, f"{missing} are missing: {ran}"
    return f"{cut['hung']} times hung, {cut['gone']} times gone, {len(done)} judged"


def _cut(
    server: "subprocess.Popen[str]",
    port: int,
    asking: "subprocess.Popen[str]",
    chance: Random,
    cut: Counter[str],
) -> "subprocess.Popen[str]":
    """The server after it was stopped for a while, or killed and started anew.

    The while is over once nobody asks any more.
    """
    seconds = chance.uniform(0, LONGEST_CUT_S)
    if chance.random() < 0.5:
        cut["hung"] += 1
        server.send_signal(signal.SIGSTOP)
        world.let_run(asking, seconds)
        server.send_signal(signal.SIGCONT)
        return server
    cut["gone"] += 1
    server.kill()
    server.wait()
    world.let_run(asking, seconds)
    return _server(port)


def _server(port: int) -> "subprocess.Popen[str]":
    latency = f"--latency-ms={judge_kills.LATENCY_MS}"
    command = [sys.executable, "-m", "tests.support.judge_server", f"--port={port}", latency]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=world.ROOT)
    assert server.stdout is not None
    server.stdout.readline()
    return server


def _stage(root: Path, port: int) -> list[str]:
    arguments = judge_kills.arguments(root, f"http://127.0.0.1:{port}")
    place = arguments.index("-C")
    return [*arguments[:place], *arguments[place + 2 :]]


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
