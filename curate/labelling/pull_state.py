"""What pulls of votes keep beside the journals: `.label-studio/`, for its owner's eyes only."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from curate.labelling.pull_batch import PREFIX
from curate.labelling.pull_belief import agree
from curate.labelling.pull_database import opened
from curate.labelling.pull_ledger import Ledger
from curate.locks import held
from curate.workspace import Workspace
from schemas.errors import LabelStudioError

FOLDER = ".label-studio"
LEDGER = "pulled.sqlite3"
EARLIER = "pulled.jsonl"
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


@contextmanager
def ledger_of(workspace: Workspace) -> Iterator[Ledger]:
    """What was pulled so far, made where nothing was. The pull's lock is held meanwhile.

    Raises LabelStudioError where votes are here and it is not, or it cannot be used.
    """
    path, journals = state_folder(workspace) / LEDGER, _journals(workspace)
    if path.with_name(EARLIER).exists():
        raise LabelStudioError(
            f"{path.with_name(EARLIER)} is of a version of curate before {LEDGER}",
            f"delete it, move {PREFIX}* out of annotations/ and pull all again",
        )
    if journals and not path.exists():
        raise LabelStudioError(
            f"{path} is lost, so edits and deletions could not be told from new votes",
            f"restore it from a copy; or move {PREFIX}* out of annotations/ and pull all again",
        )
    with opened(path) as database:
        agree(database, journals)
        yield Ledger(database)


def pulled_versions(workspace: Workspace) -> dict[str, str]:
    """The time of its last edit for every annotation that was pulled, by vote_id."""
    if nothing_pulled(workspace):
        return {}
    with pull_lock(workspace), ledger_of(workspace) as ledger:
        return ledger.versions()


def nothing_pulled(workspace: Workspace) -> bool:
    """Whether there is neither a ledger nor a vote, so that nobody need make one to read it."""
    return not (workspace.root / FOLDER / LEDGER).exists() and not _journals(workspace)


def _journals(workspace: Workspace) -> list[Path]:
    return [it for it in workspace.journals() if it.stem.startswith(PREFIX)]
