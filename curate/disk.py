"""What becomes of what is written: on the disk itself before a power cut, or no room for it."""

import errno
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import disk_usage
from tempfile import gettempdir

DISK = "the disk"
"""What is said of a file system whose path is not known."""

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
WRITERS = ("duckdb", "_duckdb", "pyarrow")
"""Libraries whose errors tell of a full disk in words alone."""

NEARLY_FULL = 1 << 20
NAMED = re.compile(r'"(/[^"]+)"')


def sync_file(path: Path) -> None:
    """Bring a file's content to the disk itself."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Bring a folder's names to the disk itself."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_all(folder: Path) -> None:
    """Bring all that was written on a folder's file system to the disk itself.

    One call for many files: each synced alone waits for the disk. Raises OSError where something
    could not be written, on Linux; elsewhere nobody says.
    """
    import ctypes

    call = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if call is None:
        os.sync()
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if call(descriptor):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(descriptor)


def out_of_room(error: BaseException) -> str | None:
    """Where there was no room to write, if an error comes from that: a path, or DISK."""
    for found in _causes(error):
        words = str(found)
        told = type(found).__module__.partition(".")[0] in WRITERS and any(
            os.strerror(number) in words for number in NO_ROOM
        )
        if told or (isinstance(found, OSError) and found.errno in NO_ROOM):
            named = NAMED.search(words)
            return named[1] if named else str(getattr(found, "filename", None) or DISK)
    return None


def full_disk_of(words: Sequence[str]) -> str | None:
    """The folder without room among those that a command's words may name, if there is one.

    Where the writer's error names no file: the folder for temporary files and the current one are
    looked at, too.
    """
    for word in (*words, gettempdir(), "."):
        path = Path(word.rpartition("=")[2] or ".").absolute()
        there = next((it for it in (path, *path.parents) if _is_folder(it)), None)
        if there is not None and disk_usage(there).free < NEARLY_FULL:
            return str(there)
    return None


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it was raised from, outermost first."""
    found: BaseException | None = error
    while found is not None:
        yield found
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)
