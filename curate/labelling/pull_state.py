"""What pulls of votes keep beside the journals: `.label-studio/`, for its owner's eyes only."""

from contextlib import AbstractContextManager
from pathlib import Path

from curate.labelling.pull_batch import PREFIX
from curate.labelling.pull_ledger import Ledger
from curate.locks import held
from curate.pull.event_ids import event_ids
from curate.workspace import Workspace
from schemas.errors import LabelStudioError

FOLDER = ".label-studio"
LOCK = ".label-pull.lock"


def pull_lock(workspace: Workspace) -> AbstractContextManager[None]:
    """Held by whoever reads or writes what pulls keep. Raises WorkspaceError where it is taken."""
    return held(workspace.root / LOCK, "curate label pull")


def state_folder(workspace: Workspace) -> Path:
    """The folder of the ledger and of who is who, which nobody else can read."""
    folder = workspace.root / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / ".gitignore").write_text("*\n", "utf-8")
    return folder


def ledger_of(workspace: Workspace) -> Ledger:
    """What was pulled so far. Raises LabelStudioError where votes are here and it is not."""
    path = workspace.root / FOLDER / "pulled.jsonl"
    journals = [it for it in workspace.journals() if it.stem.startswith(PREFIX)]
    if journals and not path.exists():
        raise LabelStudioError(
            f"{path} is lost, so edits and deletions could not be told from new votes",
            f"restore it from a copy; or move {PREFIX}* out of annotations/ and pull all again",
        )
    return Ledger(path, (it for journal in journals for it in event_ids(journal)))


def pulled_versions(workspace: Workspace) -> dict[str, str]:
    """The time of its last edit for every annotation that was pulled, by vote_id."""
    with pull_lock(workspace):
        entries = ledger_of(workspace).entries.values()
    return {it.vote_id: it.version for it in entries if it.here}
