"""Files below a root, opened so that a hostile path can reach nothing else.

A path of a data set is text from a stranger. It is resolved first; what it resolved to is then
opened folder by folder without following links, so that a link put in place between the two steps
is refused too. Only regular files are read: a FIFO or a device would block or never end.
"""

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from curate.media.rules import MediumFaultError

WINDOWS_DRIVE = re.compile(r"^[A-Za-z]:")
NOT_THERE = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG)
NO_FILE = (errno.ENXIO, errno.ENODEV, errno.EOPNOTSUPP)
SWAPPED = (errno.ELOOP, errno.EMLINK, errno.ENOTDIR)


@contextmanager
def open_below(root: Path, path: str) -> Iterator[BinaryIO]:
    """The regular file at `path` below `root`, open for reading. Raises MediumFaultError.

    `root` is absolute and holds no links.
    """
    parts = resolve_below(root, path).relative_to(root).parts
    descriptor = _open_part_by_part(root, parts, path)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise MediumFaultError("unsafe_path", f"{shown(path)} is no regular file")
    with os.fdopen(descriptor, "rb") as file:
        yield file


def resolve_below(root: Path, path: str) -> Path:
    """What `path` names, links resolved, where that is below `root` and there."""
    reason = _refusal(path)
    if reason:
        raise MediumFaultError("unsafe_path", f"{shown(path)} {reason}")
    try:
        target = (root / path).resolve(strict=True)
    except OSError as error:
        raise _fault(error, path) from error
    except (ValueError, RuntimeError) as error:
        raise MediumFaultError("unsafe_path", f"{shown(path)}: {error}") from error
    if not target.is_relative_to(root):
        raise MediumFaultError("unsafe_path", f"{shown(path)} leaves the source's folder")
    return target


def shown(path: str) -> str:
    """A path as it may stand in a drop's detail: quoted, cut short, no control characters."""
    return ascii(path if len(path) <= 200 else f"{path[:200]}...")


def _refusal(path: str) -> str | None:
    """Why a path is refused by its spelling alone."""
    if not path.strip():
        return "is blank"
    if "\0" in path:
        return "holds a NUL character"
    if path.startswith(("/", "\\")):
        return "is absolute"
    if WINDOWS_DRIVE.match(path):
        return "names a drive"
    if _climbs(path):
        return "leaves the source's folder"
    return None


def _climbs(path: str) -> bool:
    """Whether `..` leads above the start at any step, with either slash as the separator."""
    depth = 0
    for part in re.split(r"[/\\]", path):
        depth += -1 if part == ".." else part not in ("", ".")
        if depth < 0:
            return True
    return False


def _open_part_by_part(root: Path, parts: tuple[str, ...], path: str) -> int:
    folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in parts[:-1]:
            flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
            inner = os.open(part, flags, dir_fd=folder)
            os.close(folder)
            folder = inner
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        return os.open(parts[-1] if parts else ".", flags, dir_fd=folder)
    except OSError as error:
        if error.errno in SWAPPED:
            raise MediumFaultError("unsafe_path", f"{shown(path)} runs through a link") from error
        raise _fault(error, path) from error
    finally:
        os.close(folder)


def _fault(error: OSError, path: str) -> MediumFaultError:
    if error.errno == errno.ELOOP:
        return MediumFaultError("unsafe_path", f"{shown(path)} is a link that leads to itself")
    if error.errno in NOT_THERE:
        return MediumFaultError("missing_media", f"{shown(path)} is not there")
    if error.errno in NO_FILE:
        return MediumFaultError("unsafe_path", f"{shown(path)} is no regular file")
    return MediumFaultError("unreadable_media", f"{shown(path)}: {error.strerror}")
