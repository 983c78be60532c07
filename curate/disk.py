"""Bringing what was written to the disk itself, so that a kill or a power cut loses nothing."""

import os
from pathlib import Path


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
