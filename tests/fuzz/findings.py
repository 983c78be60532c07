"""What a target raised, once for each place, with the input that did it."""

import hashlib
import re
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.registry import Target

HOME = Path(__file__).parents[2]
ENDED = re.compile(r"ERROR: libFuzzer|terminate called|what\(\)|Fatal Python error")


@dataclass(frozen=True, slots=True)
class Finding:
    """An input at `path`, and in a few lines what it did."""

    path: Path
    about: str


class Watched:
    """A target that never fails: the first input at each new place goes into a folder.

    So a fuzzer goes on behind what is known already.
    """

    def __init__(self, target: Target, folder: Path) -> None:
        self._target = target
        self._folder = folder
        self._places: set[str] = set()

    def __call__(self, data: bytes) -> None:
        """Run the target on an input."""
        try:
            self._target(data)
        except Exception as error:  # noqa: BLE001 - whatever comes out is what is looked for
            place = place_of(error)
            if place not in self._places:
                self._places.add(place)
                self._write(data, f"{place}\n{''.join(traceback.format_exception(error))}")

    def _write(self, data: bytes, about: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"raised-{hashlib.sha256(data).hexdigest()[:16]}"
        path.write_bytes(data)
        path.with_suffix(".txt").write_text(about, encoding="utf-8", errors="backslashreplace")


def place_of(error: BaseException) -> str:
    """The error's class, and the last line of this repository that it came through."""
    ours = [
        f"{Path(frame.filename).relative_to(HOME)}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(HOME) and "/laws.py" not in frame.filename
    ]
    return f"{type(error).__name__} at {ours[-1] if ours else 'nowhere of ours'}"


def note_end(folder: Path, said: str) -> None:
    """Write beside each input that ended a process what the process said last."""
    told = [line.strip() for line in said.splitlines() if ENDED.search(line)]
    about = f"the process ended: {' '.join(told[:2]) or 'nothing said why'}"
    for finding in list(findings_in(folder)):
        text = finding.path.with_suffix(".txt")
        if not text.exists():
            text.write_text(f"{about}\n{said[-4000:]}", encoding="utf-8")


def findings_in(folder: Path) -> Iterator[Finding]:
    """The findings of a folder: of ours, and the files that libFuzzer names by what happened."""
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if path.suffix == ".txt":
            continue
        text = path.with_suffix(".txt")
        about = text.read_text("utf-8").partition("\n")[0] if text.is_file() else path.name
        yield Finding(path, about)
