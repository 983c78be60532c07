"""Two subjects in turn, A B A B, each run a process of its own; the table of what they cost."""

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.gpu.subjects import Setting
from benchmarks.gpu.watch import Cost
from benchmarks.measure import ROOT

OUT = Path("bench-out") / "gpu"
TARGET, MOST_WAITING = 0.95, 0.05
"""Ours is at least so fast as the other, and waits for rows at most so much of the time."""

TRIED = "A try without a GPU: it runs, and its times say nothing."
Costs = Mapping[str, Sequence[Cost]]
Measure = Callable[[str, Setting], Cost]


def main(name: str, other: str, ours: str, arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write bench-out/gpu/<name>.md; 1 where a target is missed on a GPU."""
    given = parser(name).parse_args(arguments)
    setting = setting_of(given)
    costs = in_turn([other, ours], setting, 1 if given.tiny else given.repeats, measured)
    end = TRIED if given.tiny else verdict(costs[other], costs[ours])
    text = f"{device()}\n{setting}\n\n{table(costs)}\n\n{end}\n"
    out = OUT / f"{name}{'-tiny' if given.tiny else ''}.md"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text, "utf-8")
    print(text)
    return 0 if given.tiny or holds(costs[other], costs[ours]) else 1


def parser(name: str) -> argparse.ArgumentParser:
    """The options that both scripts have."""
    made = argparse.ArgumentParser(prog=f"python -m benchmarks.gpu.{name}")
    made.add_argument("--shape", choices=("7b", "1b", "tiny"), default="7b")
    made.add_argument("--full", action="store_true", help="train all weights, not LoRA's")
    made.add_argument("--batch", type=int, default=4, help="rows on the GPU at once")
    made.add_argument("--accumulation", type=int, default=4)
    made.add_argument("--steps", type=int, default=12)
    made.add_argument("--repeats", type=int, default=3)
    made.add_argument("--workers", type=int, default=8, help="processes that read pictures")
    made.add_argument("--tiny", action="store_true", help="a try on a CPU, whose times say nothing")
    return made


def setting_of(given: argparse.Namespace) -> Setting:
    """What is run."""
    if given.tiny:
        return Setting("tiny", 0 if given.full else 4, 2, 1, 4, 0)
    rank = 0 if given.full else 64
    return Setting(given.shape, rank, given.batch, given.accumulation, given.steps, given.workers)


def measured(name: str, setting: Setting) -> Cost:
    """One run in a process of its own. Raises RuntimeError with its last words."""
    command = [sys.executable, "-m", "benchmarks.gpu.subjects", name, json.dumps(asdict(setting))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{name} ended with {done.returncode}: {done.stderr[-2000:]}")
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def in_turn(names: Sequence[str], setting: Setting, repeats: int, measure: Measure) -> Costs:
    """Every run of each, in turn, so that drift hits both alike."""
    found: dict[str, list[Cost]] = {name: [] for name in names}
    for _ in range(repeats):
        for name in names:
            found[name].append(measure(name, setting))
    return found


def table(costs: Costs) -> str:
    """A row a subject: medians, and the range of its speed."""
    lines = [
        "| | tokens/s | range | s a step | waiting for rows | peak GB | GPU busy |",
        "|---|---:|---|---:|---:|---:|---:|",
    ]
    for name, runs in costs.items():
        speeds = [run.tokens_a_second for run in runs]
        busy = [run.busy for run in runs if run.busy is not None]
        lines.append(
            f"| {name} | {statistics.median(speeds):,.0f} | {min(speeds):,.0f} to "
            f"{max(speeds):,.0f} | {_median(runs, 'seconds_a_step'):.3f} | "
            f"{_median(runs, 'waiting'):.1%} | {_median(runs, 'memory'):.1f} | "
            f"{f'{statistics.median(busy):.0%}' if busy else 'not known'} |"
        )
    return "\n".join(lines)


def speed(other: Sequence[Cost], ours: Sequence[Cost]) -> float:
    """The median of ours over the other's, run by run."""
    pairs = zip(other, ours, strict=True)
    return statistics.median(mine.tokens_a_second / its.tokens_a_second for its, mine in pairs)


def holds(other: Sequence[Cost], ours: Sequence[Cost]) -> bool:
    """Whether both targets are met."""
    return speed(other, ours) >= TARGET and _median(ours, "waiting") <= MOST_WAITING


def verdict(other: Sequence[Cost], ours: Sequence[Cost]) -> str:
    """The targets in words."""
    return (
        f"speed {speed(other, ours):.1%} (at least {TARGET:.0%}), waiting for rows "
        f"{_median(ours, 'waiting'):.1%} (at most {MOST_WAITING:.0%}): "
        f"{'met' if holds(other, ours) else 'MISSED'}"
    )


def device() -> str:
    """Where it ran, and by what versions."""
    import torch
    import transformers
    import trl

    name = torch.cuda.get_device_name() if torch.cuda.is_available() else "a CPU, no GPU"
    return (
        f"{name}; torch {torch.__version__}, transformers {transformers.__version__}, "
        f"trl {trl.__version__}"
    )


def _median(runs: Sequence[Cost], part: str) -> float:
    return float(statistics.median(getattr(run, part) for run in runs))
