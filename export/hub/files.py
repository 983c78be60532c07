"""The files of a push as they lie in a staging folder, and what tells their bytes from others."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

READ_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Content:
    """A file's bytes: how many, their sha256, and `oid`, the name git gives them."""

    size: int
    sha256: str
    oid: str


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file to push: `path` in the repository, where it lies, and what is in it."""

    path: str
    at: Path
    content: Content


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file of a repository. Where its bytes lie apart (LFS), `oid` names the pointer to them."""

    size: int
    oid: str
    sha256: str | None = None

    def holds(self, content: Content) -> bool:
        """Whether it has these bytes."""
        if self.sha256 is not None:
            return (self.size, self.sha256) == (content.size, content.sha256)
        return (self.size, self.oid) == (content.size, content.oid)


def files_below(folder: Path) -> dict[str, LocalFile]:
    """Every file below the folder by its path in the repository, in order."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    made = (LocalFile(path.relative_to(folder).as_posix(), path, content(path)) for path in found)
    return {file.path: file for file in made}


def content(path: Path) -> Content:
    """What is in a file, read once, a piece at a time."""
    size = path.stat().st_size
    sha256 = hashlib.sha256()
    git = hashlib.sha1(b"blob %d\0" % size, usedforsecurity=False)
    with path.open("rb") as file:
        while chunk := file.read(READ_BYTES):
            sha256.update(chunk)
            git.update(chunk)
    return Content(size, sha256.hexdigest(), git.hexdigest())
