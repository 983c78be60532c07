"""The contract of a reader: it loads a written export with a consumer's own code, or says why not.

Nothing here imports more than the standard library: a reader may run in an interpreter of the
user's, which has the trainer and little else.
"""

import errno
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RECORD = "export.json"
LONGEST_DETAIL = 400
ENTERED = "export.verify: the reader was entered"
"""The child's line before it asks: an interpreter that never says it cannot run the check."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one reader says of an export.

    `by` names the reader with its version where it is installed. `verified` is None where the
    reader could not be asked, and then `detail` says why; where it is False, `detail` names the
    first row it refuses and its own words, in one line. `rows` counts the rows that its code read,
    `checked` says what was done with them.
    """

    by: str
    verified: bool | None
    rows: int = 0
    checked: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a reader did to an export that it takes."""

    rows: int
    how: str


@dataclass(frozen=True, slots=True)
class Written:
    """An export on the disk, as its own record tells of it: `splits` count rows."""

    folder: Path
    format: str
    splits: Mapping[str, int]
    files: tuple[str, ...]

    def data_files(self, split: str) -> list[str]:
        """The files of a split's rows, in their order."""
        data = [name for name in self.files if name.endswith((".parquet", ".jsonl"))]
        return sorted(name for name in data if name.split(".")[0].split("-")[0] == split)

    def filled(self) -> dict[str, int]:
        """The splits that have rows, counted. Raises RefusedError where one has no file."""
        found = {split: rows for split, rows in self.splits.items() if rows}
        for split, rows in found.items():
            if not self.data_files(split):
                raise RefusedError(f"{split}: {rows} rows were written, and no file has them")
        return found


@dataclass(frozen=True, slots=True)
class Reader:
    """A consumer: `package` is what must be installed, `read` raises where a row is refused.

    `extra` is the one of ours that brings the package, if any does.
    """

    package: str
    read: Callable[[Written], Checked]
    extra: str | None = None


class RefusedError(Exception):
    """The consumer refuses what was written; the text names the row and says why in one line."""


class NotAskedError(Exception):
    """The consumer cannot be asked, whatever the rows are; the text says why."""


def written(folder: Path) -> Written:
    """The export in a folder. Raises RefusedError where its record cannot be read."""
    try:
        about = json.loads((folder / RECORD).read_bytes())
        splits = about.get("splits") or {}
        return Written(folder, str(about["format"]), splits, tuple(about["files"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise RefusedError(f"{RECORD} cannot be read ({one_line(error)})") from error


@contextmanager
def refusing(where: str) -> Iterator[None]:
    """Turn whatever a consumer raises into RefusedError; what says nothing of the rows stays that.

    So do an ImportError, and NotAskedError for a machine that is too small.
    """
    try:
        yield
    except (RefusedError, NotAskedError, ImportError):
        raise
    except Exception as error:  # a consumer raises what it likes; it is told of as a refusal
        if out_of_room(error):
            raise NotAskedError(f"no room for it on this machine: {one_line(error)}") from error
        raise RefusedError(f"{where}: {one_line(error)}") from error


def out_of_room(error: BaseException | None) -> bool:
    """Whether an error, or one behind it, is about memory or the disk's room."""
    while error is not None:
        full = isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}
        if full or isinstance(error, MemoryError) or "disk space" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def expect(holds: bool, where: str, text: str) -> None:  # noqa: FBT001 - reads as assert does
    """Raise RefusedError where something that the consumer relies on does not hold."""
    if not holds:
        raise RefusedError(f"{where}: {text}")


def expect_two_answers(row: Mapping[str, Any], where: str) -> None:
    """Raise RefusedError where a pair's sides are the same: most trainers take them in silence."""
    if "chosen" in row and "rejected" in row:
        expect(row["chosen"] != row["rejected"], where, "chosen and rejected are the same")


def place(split: str, number: int, row: Mapping[str, Any]) -> str:
    """How a row is named: its split, its number from 1 on, its id where it has one."""
    found = row.get("pair_id") or row.get("id") or row.get("prompt_id")
    return f"{split} row {number + 1}" + (f" ({str(found)[:12]})" if found else "")


def one_line(error: BaseException) -> str:
    """What an error says, with its type where that is all it says; cut where it quotes the data."""
    text = " ".join(str(error).split())
    said = f"{type(error).__name__}: {text}" if text else type(error).__name__
    return said if len(said) <= LONGEST_DETAIL else f"{said[:LONGEST_DETAIL]}..."
