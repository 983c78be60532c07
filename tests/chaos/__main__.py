"""All campaigns, mixed: `python -m tests.chaos [--minutes M] [--seed N] [NAME ...]`.

Each round draws a campaign and its moments from the seed, and prints what it did; the last lines
count. `judge-kills` is one run of the judge killed at fifty moments, with a server of its own.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from schemas.errors import PairwrightError
from tests.chaos import judge_kills, world
from tests.chaos.campaigns import CAMPAIGNS, CannotError, Facts

FINDINGS = (AssertionError, OSError, ValueError, subprocess.SubprocessError, PairwrightError)
"""What a round raises where a law was broken or a file cannot be read; then the next one comes."""


def main() -> int:
    """1 where any round found something."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("names", nargs="*", default=[*CAMPAIGNS, "judge-kills"])
    given = parser.parse_args()
    until = time.monotonic() + 60 * given.minutes
    rounds: Counter[str] = Counter()
    found: Counter[str] = Counter()
    names = list(given.names)
    if "judge-kills" in names:
        names.remove("judge-kills")
        judge_kills.main(given.seed, 50)
    with tempfile.TemporaryDirectory() as folder:
        calm = world.fresh(Path(folder) / "calm")
        world.finish(calm)
        wanted = world.facts(calm)
        seed = given.seed
        while names and time.monotonic() < until:
            name = names[sum(rounds.values()) % len(names)]
            found[name] += not _round(Path(folder) / f"{name}-{seed}", name, seed, wanted)
            rounds[name] += 1
            seed += 1
    for name, count in sorted(rounds.items()):
        _say(f"{name}: {count} rounds, {found[name]} findings")
    return int(any(found.values()))


def _round(folder: Path, name: str, seed: int, wanted: Facts) -> bool:
    """Whether all held; the folder of a round that found something stays."""
    folder.mkdir()
    try:
        told = CAMPAIGNS[name](folder, Random(seed), wanted)
    except CannotError as error:
        told = f"not here: {error}"
    except FINDINGS as error:
        kept = Path(tempfile.mkdtemp(prefix=f"chaos-{name}-{seed}-"))
        shutil.copytree(folder, kept, symlinks=True, dirs_exist_ok=True)
        _say(f"{name} {seed}: FOUND {type(error).__name__}: {error} (kept in {kept})")
        return False
    _say(f"{name} {seed}: {told}")
    return True


def _say(line: str) -> None:
    sys.stdout.write(f"{line[:2000]}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
