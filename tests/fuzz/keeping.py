"""Which inputs a corpus keeps: as few as take all steps through our code that were found."""

import hashlib
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

from tests.fuzz.registry import Target

CORPUS = Path(__file__).parent / "corpus"
LONGEST = 10_000
"""Bytes of a file that is kept."""

MOST, MOST_FILES = 12_000, 30
"""Bytes and files of one target's corpus: every run of the tests reads all of them."""

OURS = ("schemas", "annotate", "curate", "export", "align")
ROOT = str(Path(__file__).parents[2])

Step = tuple[str, int, int]
"""From one line of a file to another."""


def inputs_in(folder: Path) -> list[bytes]:
    """The files of a corpus, the shortest first."""
    found = [path.read_bytes() for path in folder.glob("*")] if folder.is_dir() else []
    return sorted(found, key=lambda data: (len(data), data))


def worth_keeping(target: Target, inputs: Iterable[bytes]) -> list[bytes]:
    """The few inputs that take most of the steps that all take: each time the one that adds most.

    Of two that add as much the shorter one is taken.
    """
    taken = {data: steps(target, data) for data in set(inputs) if len(data) <= LONGEST}
    kept: list[bytes] = []
    left = MOST
    while len(kept) < MOST_FILES:
        fits = [data for data in taken if taken[data] and len(data) <= left]
        if not fits:
            break
        best = min(fits, key=lambda data: (-len(taken[data]), len(data), data))
        added = taken.pop(best)
        kept.append(best)
        left -= len(best)
        for others in taken.values():
            others.difference_update(added)
    return kept


def keep(folder: Path, inputs: Sequence[bytes]) -> None:
    """Make the folder hold these inputs and no others, each named by its digest."""
    folder.mkdir(parents=True, exist_ok=True)
    named = {hashlib.sha256(data).hexdigest()[:16]: data for data in inputs}
    for path in folder.iterdir():
        if path.name not in named:
            path.unlink()
    for name, data in named.items():
        (folder / name).write_bytes(data)


def steps(target: Target, data: bytes) -> set[Step]:
    """From which line to which the target went in code of ours, whatever it raised at the end."""
    found: set[Step] = set()
    known: dict[str, bool] = {}

    def is_ours(file: str) -> bool:
        if file not in known:
            inner = file.removeprefix(f"{ROOT}/")
            known[file] = inner != file and inner.partition("/")[0] in OURS
        return known[file]

    def called(frame: FrameType, _event: str, _value: Any) -> Any:
        file = frame.f_code.co_filename
        if not is_ours(file):
            return None
        last = frame.f_lineno

        def line(inner: FrameType, _event: str, _value: Any) -> Any:
            nonlocal last
            found.add((file, last, inner.f_lineno))
            last = inner.f_lineno
            return line

        return line

    before = sys.gettrace()
    sys.settrace(called)
    try:
        with suppress(Exception):
            target(data)
    finally:
        sys.settrace(before)
    return found
