"""Every table of judging, side by side in one run: `make bench-judging`, smaller with SMALL=1.

The server is ours and on this machine; it takes a share of the cores, the same for all.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
OUT = Path("bench-out")
SMALL = bool(os.environ.get("SMALL"))
CALLS = 500 if SMALL else 4_000
SLOW_CALLS = 512 if SMALL else 5_120
REPEATS = 1 if SMALL else 3
OURS, BARE = "benchmarks.judging.ours", "benchmarks.judging.bare"
PEERS = {"distilabel": ".venv-distilabel", "inspect": ".venv-inspect"}
Figures = Mapping[str, Any]


def main() -> None:
    """Run every table and write bench-out/judging.md."""
    OUT.mkdir(exist_ok=True)
    tables = [at_once(), *at_a_distance(), with_refusals(), beside_tools()]
    (OUT / "judging.md").write_text("\n\n".join(tables) + "\n", "utf-8")


def at_once() -> str:
    """A server that answers at once: what is left is the client's own work."""
    with server() as url:
        found = in_turn({"pairwright": (OURS, 64), "bare google-genai": (BARE, 64)}, url, CALLS)
    ours, bare = found.values()
    ratios = [
        f"CPU a call {ours['cpu_ms'] / bare['cpu_ms']:.2f} of the bare loop's (at most 1.5)",
        f"calls a second {ours['calls_a_second'] / bare['calls_a_second']:.2f} (at least 0.85)",
    ]
    return table(f"{CALLS:,} calls with a picture, no latency, 64 in flight", found, ratios)


def at_a_distance() -> Iterator[str]:
    """A server that takes 200 ms: what counts is that places in flight are never idle."""
    for in_flight in (64, 256):
        with server("--latency-ms", "200") as url:
            commands = {"pairwright": (OURS, in_flight), "bare google-genai": (BARE, in_flight)}
            found = in_turn(commands, url, SLOW_CALLS)
        ours, bare = found.values()
        rate = ours["calls_a_second"] / bare["calls_a_second"]
        ratios = [f"calls a second {rate:.2f} (at least 0.90)"]
        yield table(f"{SLOW_CALLS:,} calls, 200 ms, {in_flight} in flight", found, ratios)


def with_refusals() -> str:
    """One call in twenty is told to come again."""
    with server("--fault", "throttled=0.05") as url:
        found = in_turn({"pairwright": (OURS, 64)}, url, CALLS, repeats=1)
    with server("--fault", "throttled=0.05") as url:
        found |= in_turn({"bare google-genai": (BARE, 64)}, url, CALLS, repeats=1)
    lost = [f"{name} lost {one['calls'] - one['answered']}" for name, one in found.items()]
    return table(f"{CALLS:,} calls, 5 % of them refused with 429 at first", found, lost)


def beside_tools() -> str:
    """Other tools over the same texts, each in its own environment, where that was made."""
    there = {name: ROOT / venv / "bin" / "python" for name, venv in PEERS.items()}
    there = {name: python for name, python in there.items() if python.exists()}
    count = CALLS // 4
    with tempfile.TemporaryDirectory() as folder, server() as url:
        found = in_turn({"pairwright, no picture": (OURS, 64)}, url, count, "text")
        tasks = str(Path(folder) / "tasks.jsonl")
        run([sys.executable, "-m", "benchmarks.judging.tasks", tasks, str(count)])
        for name, python in there.items():
            script = str(ROOT / "benchmarks" / "judging" / f"with_{name}.py")
            found[name] = last_line(run([str(python), script, url, tasks, "64"]))
    ours = found["pairwright, no picture"]["cpu_ms"]
    ratios = [
        f"CPU a call {ours / found[name]['cpu_ms']:.2f} of {name}'s (at most 0.2)" for name in there
    ]
    return table(f"{count:,} calls without a picture, beside other tools", found, ratios)


@contextmanager
def server(*options: str) -> Iterator[str]:
    """The address of a judge on this machine."""
    command = [sys.executable, "-m", "tests.support.judge_server", "--port", "0", *options]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()


def in_turn(
    commands: Mapping[str, tuple[str, int]],
    url: str,
    count: int,
    *more: str,
    repeats: int = REPEATS,
) -> dict[str, Figures]:
    """The median of each command's figures over runs in turn."""
    runs: dict[str, list[Figures]] = {name: [] for name in commands}
    for _ in range(repeats):
        for name, (module, in_flight) in commands.items():
            wanted = [sys.executable, "-m", module, url, str(count), str(in_flight), *more]
            runs[name].append(last_line(run(wanted)))
    return {
        name: {key: statistics.median(one[key] for one in found) for key in found[0]}
        for name, found in runs.items()
    }


def run(command: Sequence[str]) -> str:
    """What a command prints."""
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def last_line(text: str) -> dict[str, Any]:
    """The JSON object of the last line."""
    return dict(json.loads(text.strip().splitlines()[-1]))


def table(title: str, found: Mapping[str, Figures], notes: Sequence[str]) -> str:
    """A Markdown table, printed and returned."""
    lines = [f"### {title}", "", "| process | CPU ms a call | calls a second |", "|---|---|---|"]
    lines += [
        f"| {name} | {one['cpu_ms']:.2f} | {one['calls_a_second']:,.0f} |"
        for name, one in found.items()
    ]
    text = "\n".join([*lines, "", "; ".join(notes) + "."])
    sys.stdout.write(f"\n{text}\n")
    return text


if __name__ == "__main__":
    main()
