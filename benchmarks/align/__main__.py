"""Do the papers' findings show on a task that needs its picture? `make bench-align`.

SMALL=1 is a try of it. A run that is there already is not done again: remove bench-out/align*.
"""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

from align import loading
from benchmarks.align import plan, plots, records, rules, tables
from benchmarks.align.pairs import pairs
from benchmarks.align.training import HELD_OUT, measured
from benchmarks.measure import ROOT

SMALL = bool(os.environ.get("SMALL"))
OUT = Path("bench-out") / ("align-small" if SMALL else "align")
WORKERS = 2
STEPS = 150
"""Of supervised training, after which the policy still errs."""

LEARNED_FROM = 2_000
"""Pairs that rules on texts learn from: twice as many as a model."""

THREAD = {"OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false", "PYTHONPATH": str(ROOT)}


def main() -> None:
    """Make the policy, train all, and write bench-out/align/results.md and plots."""
    start = time.monotonic()
    OUT.mkdir(parents=True, exist_ok=True)
    if not (OUT / "policy" / "config.json").is_file():
        run_all([["-m", "benchmarks.align.policy", str(OUT / "policy"), str(STEPS)]])
    worker = ["-m", "benchmarks.align.worker", str(OUT)]
    run_all([[*worker, str(number), str(WORKERS)] for number in range(WORKERS)])
    spent = time.monotonic() - start
    cpu = resource.getrusage(resource.RUSAGE_CHILDREN)
    text = (
        f"{report(records.read(OUT))}\n{spent:.0f} s on {WORKERS} cores, "
        f"{cpu.ru_utime + cpu.ru_stime:.0f} s of CPU\n"
    )
    (OUT / "results.md").write_text(text, "utf-8")
    print(text)


def report(found: records.Results) -> str:
    """All tables, and where the plots are."""
    held = pairs(HELD_OUT, "held out")
    texts = rules.rules(pairs(LEARNED_FROM, "train 0"))
    parts = [
        tables.policy_table(
            policy(), {name: rules.accuracy(held, it) for name, it in texts.items()}
        ),
        f"### {plan.NOISE}\n\n{tables.noise_table(found)}",
    ]
    parts += [
        f"### {experiment}\n\n{tables.scaling_table(found, experiment)}"
        for experiment in (plan.RIGHT, plan.RATED)
    ]
    parts.append("\n".join(str(path) for path in plots.write(found, OUT)))
    return "\n\n".join(parts) + "\n"


def policy() -> dict[str, float]:
    """What the policy knows before DPO."""
    loaded = loading.load(str(OUT / "policy"), "float32")
    found = measured(loaded.model, loaded.model, loaded.processor, seed=0)
    return {"policy: likelier": found["likelier"], "policy: answers": found["answers"]}


def run_all(commands: list[list[str]]) -> None:
    """Run them beside each other, a thread each. Raises RuntimeError where one fails."""
    environment = {**os.environ, **THREAD}
    running = [
        subprocess.Popen([sys.executable, *command], env=environment) for command in commands
    ]
    ended = [process.wait() for process in running]
    if any(ended):
        raise RuntimeError("a run failed; its own lines above say why")


if __name__ == "__main__":
    main()
