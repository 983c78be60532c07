"""A stage killed at random moments, and what the next one leaves: WORKSPACE STAGE ARGUMENT ...

The stage runs to its end once; then it is started anew, killed, and run again, ten times. All that
it leaves must be what the first run left, to the byte but for the time in a manifest, and no more.
With --in-a-row its first run may have caches; without them it is then killed ten times, each time
on what the kill before left, and run once.
`... kills bench-out/scale/workspace10000 build`, or `... pull SOURCE --media packed`.
"""

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
from pathlib import Path

from benchmarks.measure import ROOT

TIMES = 10
IN_A_ROW = "--in-a-row"
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
    """Kill the stage ten times; 1 where anything is not as the first run left it."""
    in_a_row = IN_A_ROW in sys.argv
    place, stage, *arguments = (it for it in sys.argv[1:] if it != IN_A_ROW)
    workspace = Path(place)
    command = [sys.executable, "-m", "curate", stage, *arguments, "-C", place]
    chance = random.Random(0)
    if in_a_row:
        _remove(workspace, MADE[stage][0])
    else:
        _clear(workspace, stage)
    start = time.monotonic()
    _run(command)
    wall = time.monotonic() - start
    whole = left(workspace, stage)
    faults = 0
    for number in range(1, TIMES + 1):
        if number == 1 or not in_a_row:
            _clear(workspace, stage)
        after = chance.uniform(0, wall)
        while not _killed(command, after):
            _remove(workspace, MADE[stage][0])
            after = chance.uniform(0, after)
        half = sum(it.is_file() for name in MADE[stage] for it in (workspace / name).rglob("*"))
        _say(f"{number}. killed after {after:.1f} of {wall:.1f} s with {half} files")
        if number == TIMES or not in_a_row:
            _run(command)
            found = left(workspace, stage)
            faults += found != whole
            same = "the same" if found == whole else f"other: {_difference(whole, found)}"
            _say(f"   and run again: {same}")
    return int(faults > 0)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


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
        _remove(workspace, folder)
    if votes is not None:
        kept.write_bytes(votes)


def _remove(workspace: Path, folder: str) -> None:
    shutil.rmtree(workspace / folder, ignore_errors=True)
    if folder in KEPT:
        (workspace / folder).mkdir()


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, env=_environment(), stdout=subprocess.DEVNULL)


def _killed(command: Sequence[str], after: float) -> bool:
    """Kill the stage so many seconds after its start; false where it had ended by then."""
    process = subprocess.Popen(
        command, env=_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    with suppress(subprocess.TimeoutExpired):
        process.wait(after)
    process.kill()
    return process.wait() == -signal.SIGKILL


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


if __name__ == "__main__":
    sys.exit(main())
