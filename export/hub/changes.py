"""What a push would change in a repository, and what it must not touch. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from export.hub.files import Content, LocalFile, RemoteFile
from export.hub.record import RECORD
from schemas.errors import HubError

DATA = ".parquet"


@dataclass(frozen=True, slots=True)
class Head:
    """A repository at one commit: `files` by path, `ours` what the last push wrote."""

    commit: str
    private: bool
    files: Mapping[str, RemoteFile]
    ours: Mapping[str, Content] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changes:
    """Paths that one commit adds, gives other bytes, and takes out.

    `overwritten` are those that somebody else wrote or edited.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    overwritten: tuple[str, ...] = ()

    @property
    def sent(self) -> tuple[str, ...]:
        """Paths whose bytes are new to the repository."""
        return self.added + self.changed

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.deleted)


def changes_of(files: Mapping[str, LocalFile], head: Head | None, repo: str) -> Changes:
    """What makes the repository hold these files; without a head all are new.

    Raises HubError where data that no push of ours wrote would be read with them.
    """
    if head is None:
        return Changes(added=tuple(files))
    _refuse_foreign_data(files, head, repo)
    there = head.files
    changed = [
        path for path in files if path in there and not there[path].holds(files[path].content)
    ]
    gone = [path for path in sorted(head.ours) if path in there and path not in files]
    return Changes(
        added=tuple(path for path in files if path not in there),
        changed=tuple(changed),
        deleted=tuple(gone),
        overwritten=tuple(path for path in (*changed, *gone) if _is_foreign(path, head)),
    )


def touched(before: Head, after: Head, files: Mapping[str, LocalFile]) -> tuple[str, ...]:
    """Paths of ours that differ between two heads."""
    ours = sorted({*files, *before.ours, *after.ours})
    return tuple(path for path in ours if before.files.get(path) != after.files.get(path))


def _refuse_foreign_data(files: Mapping[str, LocalFile], head: Head, repo: str) -> None:
    """A reader takes every data file of a folder, so one of somebody else's would be mixed in."""
    folders = {PurePosixPath(path).parent for path in files if path.endswith(DATA)}
    for path in sorted(head.files):
        if path.endswith(DATA) and path not in head.ours and PurePosixPath(path).parent in folders:
            raise HubError(
                f"{repo} holds {path}, which no push of ours wrote; readers would mix it in",
                "delete it there or push to another repository",
            )


def _is_foreign(path: str, head: Head) -> bool:
    """Whether the bytes that are there are not what the last push wrote."""
    if path == RECORD:
        return False
    return path not in head.ours or not head.files[path].holds(head.ours[path])
