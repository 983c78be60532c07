"""How many faults in the statements of scoring and pairing do the tests find?

Run as `python -m tests.mutation.run_sql [--every N] [--part K/N] [--begin N]`. Each mutant is a
fork of a process that has imported a build; in it one statement is another, and tests run until
one fails.
"""

import argparse
import json
import os
import re
import select
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from curate import sqlfiles
from tests.mutation.sql import Mutant, mutants

ROOT = Path(__file__).resolve().parents[2]
SQL = ROOT / "curate" / "sql"
FOLDERS = ("score", "pair", "policy")
FIRST = ("scores", "oracle", "votes", "policies", "consensus")
"""Those that come first until it is known which find most."""

OPTIONS = ("-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-W", "ignore")
LONGEST_S = 900


def main() -> None:
    """Print every mutant's fate as it comes, and the count at the end."""
    given = _arguments()
    part, parts = map(int, given.part.split("/"))
    chosen = list(enumerate(list(every_mutant())[:: given.every], start=1))[part - 1 :: parts]
    chosen = [(number, one) for number, one in chosen if number >= given.begin]
    os.environ["HYPOTHESIS_PROFILE"] = "unshrunk"
    _load()
    survivors = []
    kills: Counter[str] = Counter()
    for number, (name, mutant) in chosen:
        start = time.monotonic()
        files = sorted(build_tests(), key=lambda file: (-alike(name, file), -kills[file]))
        killer = killed_by(name, mutant, files)
        if killer is None:
            survivors.append({"statement": name, "fault": mutant.fault, "text": mutant.text})
            Path(given.out).write_text(json.dumps(survivors, indent=1), "utf-8")
        else:
            if killer not in kills:
                _sound(killer)
            kills[killer] += 1
        fate = f"killed by {Path(killer).stem}" if killer else "SURVIVED"
        took = f"{time.monotonic() - start:.0f} s"
        sys.stdout.write(f"{number} {fate} {took} {name} {mutant.fault!r}\n")
        sys.stdout.flush()
    killed_in_all = len(chosen) - len(survivors)
    sys.stdout.write(f"{killed_in_all} of {len(chosen)} killed\n")


def every_mutant() -> Iterator[tuple[str, Mutant]]:
    """The name of a statement and each of its mutants."""
    for folder in FOLDERS:
        for path in sorted((SQL / folder).glob("*.sql")):
            for mutant in mutants(path.read_text("utf-8")):
                yield f"{folder}/{path.stem}", mutant


def killed_by(name: str, mutant: Mutant, files: Sequence[str]) -> str | None:
    """The first file in which a test fails, or does not end, where one statement is another."""
    for file in files:
        child = os.fork()
        if not child:
            _silent()
            stand_in(name, mutant.text)
            os._exit(int(pytest.main([*OPTIONS, file])))
        if _ended(child) != 0:
            return file
    return None


def build_tests() -> list[str]:
    """The tests of the build, file by file."""
    folder = ROOT / "tests" / "curate" / "build"
    found = sorted(
        folder.glob("test_*.py"), key=lambda path: (path.stem[5:] not in FIRST, path.name)
    )
    return [str(path) for path in found]


def alike(name: str, file: str) -> int:
    """How many words of a statement and of a file of tests begin alike: whom to ask first."""
    asked, told = (
        {word[:4] for word in re.split(r"[/_]", text)} for text in (name, Path(file).stem[5:])
    )
    return len(asked & told)


def stand_in(name: str, text: str) -> None:
    """From now on statement `name` is this one, wherever in this process it is asked for."""
    kept = sqlfiles.statement
    told = {name: text}

    def statement(asked: str) -> str:
        return told.get(asked) or kept(asked)

    for module in list(sys.modules.values()):
        if getattr(module, "statement", None) is kept:
            vars(module)["statement"] = statement


def _ended(child: int) -> int:
    """How a fork ended; below 0 where it had to be killed."""
    ended = os.pidfd_open(child)
    in_time, _, _ = select.select([ended], [], [], LONGEST_S)
    os.close(ended)
    if not in_time:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _silent() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)


def _load() -> None:
    """Import a build, so that no fork need."""
    import curate.build  # noqa: F401


def _sound(file: str) -> None:
    """Raises SystemExit where a file's tests fail without a fault too."""
    if killed_by("", Mutant("none", ""), [file]):
        sys.exit(f"{file} fails as it is: mend it first")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="take each n-th mutant")
    parser.add_argument("--part", default="1/1", help="K/N: the k-th of n equal parts")
    parser.add_argument("--begin", type=int, default=1, help="go on at this number")
    parser.add_argument("--out", default="sql-survivors.json")
    return parser.parse_args()


if __name__ == "__main__":
    main()
