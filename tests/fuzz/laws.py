"""What every parser of ours promises, as checks that targets share."""

import atexit
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import mkdtemp

from schemas.errors import PairwrightError

DROPS = frozenset(
    (
        *("bad_json", "bad_encoding", "bad_type", "empty_prompt", "empty_response", "error_text"),
        *("missing_media", "unreadable_media", "oversized_media", "unsafe_path"),
        *("remote_not_allowed", "mismatched_prompt", "out_of_scale", "contradiction", "duplicate"),
    )
)
"""The reasons of DESIGN 4 for which a pull drops a row."""


def holds(law: bool, what: object = "") -> None:  # noqa: FBT001 - a law holds or it does not
    """Nothing, or AssertionError where a law does not hold, also where Python runs with -O."""
    if not law:
        raise AssertionError(f"a law does not hold: {ascii(what)[:500]}")


def is_told(error: PairwrightError) -> None:
    """An expected error says what is wrong and what to do; the command line makes it one line."""
    holds(bool(error.message.strip()) and bool(error.fix), error)


def known_reasons(reasons: Iterable[str]) -> None:
    """What is dropped has a reason that is written down."""
    for reason in reasons:
        holds(reason in DROPS, reason)


def is_storable(text: str) -> None:
    """The text has an encoding, so that a table or a journal can hold it."""
    text.encode("utf-8")


MEMORY = Path("/dev/shm")
"""Where Linux keeps files in memory: one is written there in a hundredth of a disk's time."""


PLACE = "PAIRWRIGHT_FUZZ_SCRATCH"
"""Names the folder for such files, where who started the process clears it away."""


def in_memory() -> Path | None:
    """A folder for files in memory, None where there is none."""
    return MEMORY if os.access(MEMORY, os.W_OK) else None


class Scratch:
    """A folder for the files that a target hands its parser, made when it is first asked for."""

    def __init__(self) -> None:
        self._folder: Path | None = None

    @property
    def folder(self) -> Path:
        """The folder, which goes with the process."""
        if self._folder is None:
            place = os.environ.get(PLACE) or in_memory()
            self._folder = Path(mkdtemp(prefix="pairwright-fuzz-", dir=place)).resolve()
            atexit.register(shutil.rmtree, self._folder, ignore_errors=True)
        return self._folder

    def file(self, name: str, data: bytes) -> Path:
        """A file with these bytes, in place of the one of that name before."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path


SCRATCH = Scratch()
