"""Which line of which journal is no event, once a query has stumbled over one."""

from annotate import journal
from curate.workspace import Workspace


def name_bad_line(workspace: Workspace) -> None:
    """Raise JournalError for the first line that is no event; return where every line is one."""
    for path in workspace.journals():
        if path.suffix == ".jsonl":
            for _event in journal.read(path):
                pass
