"""What status asks of the pulls' own state: how many annotations came, and who is who.

It only reads, and takes no lock: looking never stops a pull that goes on.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing

from curate.labelling.pull_raters import Raters
from curate.labelling.pull_state import FOLDER, LEDGER
from curate.sqlfiles import statement
from curate.workspace import Workspace


def pulled_counts(workspace: Workspace) -> Mapping[str, int] | None:
    """How many annotations of each project were pulled and not deleted since, skips included.

    Projects are named as pulls name them. Null where the ledger cannot be read now; what is wrong
    with it the next pull says.
    """
    path = workspace.root / FOLDER / LEDGER
    if not path.exists():
        return {}
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as ledger:
            return dict(ledger.execute(statement("ledger/counts")).fetchall())
    except sqlite3.Error:
        return None


def known_raters(workspace: Workspace, users: Mapping[str, str]) -> Raters | None:
    """Pseudonyms as pulls give them; None before the first pull, which draws the salt."""
    path = workspace.root / FOLDER / "raters.json"
    return Raters(path, users) if path.exists() else None
