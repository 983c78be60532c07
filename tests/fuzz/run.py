"""Coverage-guided fuzzing of every parser: `python -m tests.fuzz.run [--minutes 10] [TARGET ...]`.

Each target runs in a process of its own, from its corpus and its seeds. What it reaches anew is
kept in the corpus; what it finds wrong is written to `fuzz-out/` and told, and the exit code is 1.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from schemas.errors import did_you_mean
from tests.fuzz.findings import Finding, findings_in, note_end
from tests.fuzz.keeping import CORPUS, inputs_in, keep, worth_keeping
from tests.fuzz.laws import PLACE, in_memory
from tests.fuzz.registry import TARGETS, seeds
from tests.fuzz.words import GROUPS, PIECES, WORDS

OUT = Path("fuzz-out")
SECONDS_AN_INPUT = 25
MEGABYTES = 2048
LONGEST_INPUT = 4096
MOST_STARTS = 5
STEP = re.compile(r"^#(\d+)\s.*cov: (\d+) ft: (\d+)", re.MULTILINE)
COLUMNS = ("target", "seconds", "runs", "runs/s", "cov", "features", "corpus", "bytes", "findings")


@dataclass(slots=True)
class Tally:
    """What one target's run came to; `cov` and `features` are atheris's own counts."""

    target: str
    seconds: float = 0.0
    runs: int = 0
    cov: int = 0
    features: int = 0
    kept: int = 0
    size: int = 0
    findings: Sequence[Finding] = ()

    def row(self) -> tuple[str, ...]:
        """The cells of its line in the table."""
        rate = self.runs / self.seconds if self.seconds else 0.0
        numbers = (
            self.runs,
            rate,
            self.cov,
            self.features,
            self.kept,
            self.size,
            len(self.findings),
        )
        return (self.target, f"{self.seconds:.0f}", *(f"{number:,.0f}" for number in numbers))


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 where nothing was found, 1 where something was, 2 where nothing ran."""
    asked = _parsed(arguments)
    for name in asked.targets:
        if name not in TARGETS:
            return _refused(f"no target {name!r}; {did_you_mean(name, TARGETS)}")
    if find_spec("atheris") is None:
        return _refused("atheris is not installed; run: make fuzz, or pip install -e '.[fuzz]'")
    tallies = []
    for name in asked.targets or TARGETS:
        tallies.append(_fuzzed(name, asked.minutes * 60))
        _say(_line(tallies[-1].row()) if len(tallies) > 1 else _table(tallies))
    found = [(tally.target, one) for tally in tallies for one in tally.findings]
    for target, finding in found:
        _say(f"{target}: {finding.about}\n  {finding.path}")
    return 1 if found else 0


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.run", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--minutes", type=float, default=10.0, help="for each target (10)")
    return parser.parse_args(arguments)


def _fuzzed(name: str, seconds: float) -> Tally:
    """Run one target, and keep what its run reached."""
    tally = Tally(name)
    out = OUT / name
    with TemporaryDirectory(prefix="pairwright-corpus-", dir=in_memory()) as folder:
        work = Path(folder) / "work"
        keep(work, [*inputs_in(CORPUS / name), *seeds(name)])
        for _ in range(MOST_STARTS):
            if seconds - tally.seconds < 1:
                break
            _run(tally, _command(name, out, work, seconds - tally.seconds, Path(folder)), folder)
        kept = worth_keeping(TARGETS[name], inputs_in(work))
    keep(CORPUS / name, kept)
    tally.kept, tally.size = len(kept), sum(map(len, kept))
    tally.findings = list(findings_in(out))
    return tally


def _run(tally: Tally, command: Sequence[str], scratch: str) -> None:
    """One process. It ends early where an input took too long, too much, or Python with it."""
    start = time.monotonic()
    done = subprocess.run(
        command,
        capture_output=True,
        check=False,
        text=True,
        errors="replace",
        env={**os.environ, PLACE: scratch},  # libFuzzer ends a process before it can tidy up
    )
    tally.seconds += time.monotonic() - start
    if done.returncode:
        note_end(OUT / tally.target, done.stderr)
    steps = STEP.findall(done.stderr)
    if not steps:
        raise SystemExit(f"{tally.target} did not start:\n{done.stderr[-2000:]}")
    runs, cov, features = map(int, steps[-1])
    tally.runs += runs
    tally.cov, tally.features = max(tally.cov, cov), max(tally.features, features)


def _command(name: str, out: Path, work: Path, seconds: float, scratch: Path) -> list[str]:
    out.mkdir(parents=True, exist_ok=True)
    words = scratch / "words.dict"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in _words(name)), "ascii")
    return [
        *(sys.executable, "-m", "tests.fuzz.worker", name, str(out)),
        f"-max_total_time={max(1, int(seconds))}",
        f"-timeout={SECONDS_AN_INPUT}",
        f"-rss_limit_mb={MEGABYTES}",
        f"-max_len={LONGEST_INPUT}",
        f"-artifact_prefix={out}/",
        f"-dict={words}",
        str(work),
    ]


def _words(name: str) -> Sequence[str]:
    return [word for word in (*WORDS.get(GROUPS.get(name, name), ()), *PIECES) if word]


def _escaped(word: str) -> str:
    """A word as libFuzzer's dictionaries have it."""
    return "".join(f"\\x{byte:02X}" for byte in word.encode("utf-8"))


def _refused(text: str) -> int:
    sys.stderr.write(f"{text}\n")
    return 2


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _table(tallies: Sequence[Tally]) -> str:
    return "\n".join([_line(COLUMNS), *(_line(tally.row()) for tally in tallies)])


def _line(cells: Sequence[str]) -> str:
    first, *rest = cells
    return f"{first:<16}" + "".join(f"{cell:>10}" for cell in rest)


if __name__ == "__main__":
    sys.exit(main())
