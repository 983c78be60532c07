"""A run's ledger: one small file beside its journal that says what a kill would hide.

A journal knows the cost of calls that ended. What was in flight when a run was killed may be billed
all the same, so the ledger of an open run says how much that is at most; the next run counts it.
"""

import os
from decimal import Decimal
from pathlib import Path

from pydantic import AwareDatetime, ValidationError

from schemas.base import Dollars, Record
from schemas.errors import JournalError


class Ledger(Record):
    """What a run says of its money, in US dollars. An open ledger without its process is a kill's.

    `at_risk_usd` is what may be billed beyond what the journal says, nought once closed.
    `spent_usd` is all that was settled, journaled or not, and holds only once closed.
    """

    run_id: str
    pid: int
    started: AwareDatetime
    models: tuple[str, ...]
    cap_usd: Decimal | None = None
    spent_usd: Dollars = Decimal(0)
    at_risk_usd: Dollars = Decimal(0)
    closed: bool = False


class OpenLedger:
    """The ledger of the run that goes on, on the disk from the start."""

    def __init__(self, path: Path, ledger: Ledger) -> None:
        self._path = path
        self._ledger = ledger
        write(path, ledger)

    @property
    def covered_usd(self) -> Decimal:
        """What the disk says is at risk."""
        return self._ledger.at_risk_usd

    def cover(self, usd: Decimal) -> None:
        """Write down that so much is at risk; it is on the disk on return."""
        self._replace(at_risk_usd=usd)

    def close(self, spent_usd: Decimal) -> Ledger:
        """Write down what was settled, with nothing at risk any more."""
        return self._replace(spent_usd=spent_usd, at_risk_usd=Decimal(0), closed=True)

    def _replace(self, **changed: object) -> Ledger:
        self._ledger = self._ledger.model_copy(update=changed)
        write(self._path, self._ledger)
        return self._ledger


def path_of(journal: Path) -> Path:
    """Where the ledger of a journal lies."""
    return journal.with_suffix(".ledger.json")


def write(path: Path, ledger: Ledger) -> None:
    """Put the ledger in place whole: a kill leaves the old one or the new one."""
    half = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with half.open("wb") as file:
        file.write(ledger.model_dump_json(indent=2).encode("utf-8") + b"\n")
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read(path: Path) -> Ledger:
    """The ledger at `path`. Raises JournalError with file and field where it is damaged."""
    try:
        return Ledger.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise JournalError(
            f"{path}: no ledger ({place}: {first['msg']})",
            "restore it from a copy: without it, what that run spent is not known",
        ) from error


def spent_of(ledger: Ledger, journaled_usd: Decimal) -> Decimal:
    """What a run counts under a cap, given the sum of its journal: the most it can have spent."""
    if ledger.closed:
        return max(ledger.spent_usd, journaled_usd)
    return journaled_usd + ledger.at_risk_usd
