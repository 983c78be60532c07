"""A stage killed at random moments, and what the next one leaves.

The stage runs to its end once; then it is started anew, killed, and run again, ten times. All that
it leaves must be what the first run left, to the byte but for the time in a manifest, and no more.
With --in-a-row it is killed ten times, each time on what the kill before left, and then run.
`... kills bench-out/scale/workspace10000 build`, or `... pull SOURCE --media packed`.
"""

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import ROOT

TIMES = 10
MADE = {
    "build": ("builds", ".cache"),
    "pull": ("pulls", "media", "annotations"),
    "export": ("exports",),
}
"""What is removed before a stage runs anew."""

KEPT = ("annotations", "builds", "media", "pulls")
"""Folders that a workspace has from the beginning."""

PARTS = (".parquet", ".staged")
CACHES = ".cache"
"""Holds parts under names of chance, and for an hour those that a killed run began."""

Left = Mapping[str, str]


def main() -> int:
    """Kill the stage ten times; 1 where anything is not as an unkilled run leaves it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("stage", choices=tuple(MADE))
    parser.add_argument("--in-a-row", type=float, metavar="SECONDS")
    given, arguments = parser.parse_known_args()
    stage = Stage(given.workspace, given.stage, arguments)
    if given.in_a_row is not None:
        return in_a_row(stage, given.in_a_row)
    return one_by_one(stage)


@dataclass(frozen=True, slots=True)
class Stage:
    """A command on a workspace."""

    workspace: Path
    name: str
    arguments: Sequence[str]

    @property
    def command(self) -> list[str]:
        """How it is started."""
        words = [self.name, *self.arguments, "-C", str(self.workspace)]
        return [sys.executable, "-m", "curate", *words]


def one_by_one(stage: Stage) -> int:
    """Run the stage; then start it anew, kill it and run it again, ten times."""
    chance = random.Random(0)
    _clear(stage)
    start = time.monotonic()
    _run(stage)
    wall = time.monotonic() - start
    whole = left(stage)
    faults = 0
    for number in range(1, TIMES + 1):
        _clear(stage)
        _kill(stage, number, chance.uniform(0, wall), chance)
        _run(stage)
        faults += _compared(whole, left(stage))
    return int(faults > 0)


def in_a_row(stage: Stage, within: float) -> int:
    """Kill the stage ten times, each within so many seconds and on what the kill before left.

    Then run it, and once more without a kill, for what it should have left.
    """
    chance = random.Random(0)
    _clear(stage)
    for number in range(1, TIMES + 1):
        _kill(stage, number, chance.uniform(0, within), chance)
    _run(stage)
    found = left(stage)
    _remove(stage.workspace, MADE[stage.name][0])
    _run(stage)
    return int(_compared(left(stage), found))


def _kill(stage: Stage, number: int, after: float, chance: random.Random) -> None:
    """Kill the stage so many seconds after its start, earlier where it ends by itself."""
    while not _killed(stage, after):
        _remove(stage.workspace, MADE[stage.name][0])
        after = chance.uniform(0, after)
    folders = [stage.workspace / name for name in MADE[stage.name]]
    half = sum(path.is_file() for folder in folders for path in folder.rglob("*"))
    _say(f"{number}. killed after {after:.1f} s with {half} files")


def _compared(whole: Left, found: Left) -> bool:
    """Whether they differ, which is said."""
    same = "the same" if found == whole else f"other: {_difference(whole, found)}"
    _say(f"   and run again: {same}")
    return found != whole


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def left(stage: Stage) -> Left:
    """What a stage left: the digest of every file by its path."""
    found = {}
    for folder in MADE[stage.name]:
        for path in sorted((stage.workspace / folder).rglob("*")):
            name = str(path.relative_to(stage.workspace))
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


def _clear(stage: Stage) -> None:
    kept = stage.workspace / "annotations" / "votes.jsonl"
    votes = kept.read_bytes() if kept.exists() else None
    for folder in MADE[stage.name]:
        _remove(stage.workspace, folder)
    if votes is not None:
        kept.write_bytes(votes)


def _remove(workspace: Path, folder: str) -> None:
    shutil.rmtree(workspace / folder, ignore_errors=True)
    if folder in KEPT:
        (workspace / folder).mkdir()


def _run(stage: Stage) -> None:
    subprocess.run(stage.command, check=True, env=_environment(), stdout=subprocess.DEVNULL)


def _killed(stage: Stage, after: float) -> bool:
    """Kill the stage so many seconds after its start; false where it had ended by then."""
    process = subprocess.Popen(
        stage.command, env=_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    with suppress(subprocess.TimeoutExpired):
        process.wait(after)
    process.kill()
    return process.wait() == -signal.SIGKILL


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


if __name__ == "__main__":
    sys.exit(main())
