"""The files of one run: its journal and its ledger, made only once there is something to write."""

import os
import secrets
import shutil
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from annotate.running.committer import Committer, open_new
from annotate.spending.ledger import Ledger, OpenLedger, path_of
from curate.judge.tables import SCRATCH
from curate.workspace import Workspace


def new_run_id(at: datetime, kind: str = "judge") -> str:
    """`<kind>-<UTC time to the millisecond>-<8 hex>`: runs sort by time and never share a name.

    A kind is one of `books.PREFIXES`, or nobody counted its money.
    """
    return f"{kind}-{at:%Y%m%dT%H%M%S}{at.microsecond // 1000:03}Z-{secrets.token_hex(4)}"


class RunFiles:
    """A run's journal and ledger. The ledger is there first, so that no money is lost."""

    def __init__(self, workspace: Workspace, run_id: str) -> None:
        self.run_id = run_id
        self.journal = workspace.annotations / f"{run_id}.jsonl"
        self.ledger: OpenLedger
        self.committer: Committer
        self.opened = self.kept = False

    def open(self, at: datetime, models: Sequence[str], cap_usd: Decimal | None) -> None:
        """Make both files, once."""
        if self.opened:
            return
        ledger = Ledger(
            run_id=self.run_id, pid=os.getpid(), started=at, models=tuple(models), cap_usd=cap_usd
        )
        self.ledger = OpenLedger(path_of(self.journal), ledger)
        self._file = open_new(self.journal)
        self.committer = Committer(self._file)
        self.opened = True

    def close(self, spent_usd: Decimal) -> None:
        """Close both; of a run that wrote and spent nothing neither is `kept`."""
        if not self.opened:
            return
        self._file.close()
        self.kept = bool(self.journal.stat().st_size or spent_usd)
        if self.kept:
            self.ledger.close(spent_usd)
        else:
            self.journal.unlink()
            path_of(self.journal).unlink()


def clear_scratch(folder: Path) -> None:
    """Remove what killed runs left below a folder; only while the lock of runs is held."""
    for stale in folder.glob(f"{SCRATCH}*"):
        with suppress(FileNotFoundError):
            shutil.rmtree(stale)
