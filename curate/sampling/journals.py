"""Sampling journals: `samples/<run>.jsonl`, one file a run, append-only.

A run is live while its pull is there, pending before it has one, and forgotten with its pull. What
a forgotten run drew is unknown again, so the same command draws it anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from curate.manifest_files import pull_manifest
from curate.pull.commit import MANIFEST, TOMBSTONE
from curate.sampling.line import SampleLine
from curate.workspace import Workspace
from schemas.errors import JournalError

FORMAT = "sample"
JOINT = "+"
"""Between the runs that one pull holds, in the `revision` of its pull.json."""


@dataclass(frozen=True, slots=True)
class Known:
    """Names of generations that need no asking: those that came, and those refused for good."""

    came: frozenset[str]
    blocked: frozenset[str]


def new_journal(workspace: Workspace, now: datetime) -> Path:
    """Where the journal of a run that starts now will lie."""
    return workspace.samples / f"{now:%Y%m%dT%H%M%S%fZ}.jsonl"


def known(workspace: Workspace) -> Known:
    """What the journals of live and pending runs hold. Raises JournalError."""
    forgotten = _runs(workspace, live=False) - _runs(workspace, live=True)
    came: set[str] = set()
    blocked: set[str] = set()
    for path in workspace.sample_journals():
        for line in read(path) if path.stem not in forgotten else ():
            if line.failure is None:
                came.add(line.request_hash)
            elif line.failure.reason == "blocked":
                blocked.add(line.request_hash)
    return Known(frozenset(came), frozenset(blocked - came))


def pending(workspace: Workspace) -> list[Path]:
    """Journals that no pull holds yet."""
    held = _runs(workspace, live=True) | _runs(workspace, live=False)
    return [path for path in workspace.sample_journals() if path.stem not in held]


def read(path: Path) -> Iterator[SampleLine]:
    """The lines of a journal in order, up to the last newline.

    Raises JournalError with file and line for one that is no generation.
    """
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.endswith(b"\n"):
                return
            try:
                yield SampleLine.model_validate_json(line)
            except ValidationError as error:
                first = error.errors()[0]
                place = ".".join(str(part) for part in first["loc"])
                raise JournalError(
                    f"{path}, line {number}: no generation ({place}: {first['msg']})",
                    "restore the file from a copy or move it out of samples/",
                ) from error


def runs_of(pull: Path) -> set[str]:
    """The runs that a pull's folder holds; none where it is no sampling pull or not there."""
    if not (pull / MANIFEST).is_file():
        return set()
    manifest = pull_manifest(pull)
    if manifest.format != FORMAT or not manifest.revision:
        return set()
    return set(manifest.revision.split(JOINT))


def _runs(workspace: Workspace, *, live: bool) -> set[str]:
    """The runs that pulls hold, of those that are there or of those forgotten."""
    folders = [path.parent for path in workspace.pulls.glob(f"[!.]*/{MANIFEST}")]
    chosen = [folder for folder in folders if (folder / TOMBSTONE).exists() != live]
    return {run for folder in chosen for run in runs_of(folder)}
