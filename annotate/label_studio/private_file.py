"""Files that nobody but their owner may read, at no moment."""

import os
from pathlib import Path


def write_private(path: Path, text: str) -> None:
    """Write the file whole, on the disk itself, under a name of its own first."""
    staged = path.with_name(f".{path.name}")
    staged.unlink(missing_ok=True)
    descriptor = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    staged.replace(path)
