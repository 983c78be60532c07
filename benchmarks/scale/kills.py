"""A stage killed at random moments, and what the next one leaves: WORKSPACE STAGE ARGUMENT ...

The stage runs to its end once; then it is started anew, killed, and run again, ten times. All that
it leaves must be what the first run left, to the byte but for the time in a manifest, and no more.
`... kills bench-out/scale/workspace10000 build`, or `... pull SOURCE --media packed`.
"""

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from benchmarks.measure import ROOT

TIMES = 10
MADE = {
    "build": ("builds", ".cache"),
    "pull": ("pulls", "media", "annotations"),
    "export": ("exports",),
}
"""What is removed before a stage runs anew."""

PARTS = (".parquet", ".staged")
CACHES = ".cache"
"""Holds parts under names of chance, and for an hour those that a killed run began."""

Left = Mapping[str, str]


def main(workspace: Path, stage: str, arguments: Sequence[str], seed: int = 0) -> int:
    """Kill the stage ten times; 1 where anything is not as the first run left it."""
    command = [sys.executable, "-m", "curate", stage, *arguments, "-C", str(workspace)]
    chance = random.Random(seed)
    _clear(workspace, stage)
    start = time.monotonic()
    _run(command)
    wall = time.monotonic() - start
    whole = left(workspace, stage)
    faults = 0
    for number in range(1, TIMES + 1):
        _clear(workspace, stage)
        after = chance.uniform(0, wall)
        half = _killed(command, after, workspace, stage)
        _run(command)
        found = left(workspace, stage)
        faults += found != whole
        same = "the same" if found == whole else f"other: {_difference(whole, found)}"
        sys.stdout.write(
            f"{number}. killed after {after:.1f} of {wall:.1f} s with {half} files: {same}\n"
        )
    return int(faults > 0)


def left(workspace: Path, stage: str) -> Left:
    """What a stage left: the digest of every file by its path."""
    found = {}
    for folder in MADE[stage]:
        for path in sorted((workspace / folder).rglob("*")):
            name = str(path.relative_to(workspace))
            if path.is_symlink():
                found[name] = str(path.readlink())
            elif path.is_file() and not (folder == CACHES and path.suffix in PARTS):
                found[name] = _digest(path)
    return found


def _digest(path: Path) -> str:
    data = path.read_bytes()
    if path.name in ("manifest.json", "pull.json"):
        told = json.loads(data)
        del told["at"]
        data = json.dumps(told, sort_keys=True).encode()
    if path.name.startswith("pull-") and path.suffix == ".jsonl":
        events = [json.loads(line) for line in data.splitlines()]
        data = json.dumps([{**event, "at": None} for event in events]).encode()
    return "" if path.name == ".lock" else hashlib.sha256(data).hexdigest()


def _difference(whole: Left, found: Left) -> str:
    names = sorted(name for name in {*whole, *found} if whole.get(name) != found.get(name))
    return ", ".join(names[:3])


def _clear(workspace: Path, stage: str) -> None:
    kept = workspace / "annotations" / "votes.jsonl"
    votes = kept.read_bytes() if kept.exists() else None
    for folder in MADE[stage]:
        shutil.rmtree(workspace / folder, ignore_errors=True)
    for folder in ("annotations", "builds", "media", "pulls"):
        (workspace / folder).mkdir(exist_ok=True)
    if votes is not None:
        kept.write_bytes(votes)


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, env=_environment(), stdout=subprocess.DEVNULL)


def _killed(command: Sequence[str], after: float, workspace: Path, stage: str) -> int:
    """Kill the stage so many seconds after its start; how many files it had by then."""
    process = subprocess.Popen(
        command, env=_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    with suppress(subprocess.TimeoutExpired):
        process.wait(after)
    process.kill()
    process.wait()
    return len(left(workspace, stage))


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:]))
