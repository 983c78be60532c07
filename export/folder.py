"""The folder an export goes to: whole or not there, and never somebody else's.

Files are written into a hidden folder beside the target, which takes its place at the end. An
`export.json` in it says what it holds, so that the next export knows the folder for its own.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from schemas.errors import ExportError

RECORD = "export.json"
MAKER = "pairwright"


@contextmanager
def replaced(out: Path) -> Iterator[Path]:
    """A folder to write into; it becomes `out` when the block ends well and vanishes otherwise.

    Raises ExportError where `out` holds files that no export of ours wrote, cannot be written, or
    is being written by another run. The block must end with `record`.
    """
    out = Path(os.path.abspath(out))  # noqa: PTH100 - resolve() would follow a link and replace its target
    refuse_foreign(out)
    part, old = out.with_name(f".{out.name}.part"), out.with_name(f".{out.name}.old")
    try:
        with _made(part, out):
            try:
                yield part
                _swap(part, out, old)
            finally:
                shutil.rmtree(part, ignore_errors=True)
    except OSError as error:
        raise ExportError(
            f"{out} cannot be written ({error.strerror or error})", "mend that or change --out"
        ) from error


def record(folder: Path, **values: Any) -> None:
    """Write the export's own record: what made it, from what, and the files it wrote."""
    text = json.dumps({"made_by": MAKER, **values}, indent=2, ensure_ascii=False)
    (folder / RECORD).write_text(text + "\n", encoding="utf-8")


def is_record(path: Path) -> bool:
    """Whether a file is the record of an export of ours, by its name and its first words."""
    if path.name != RECORD:
        return False
    start = json.dumps({"made_by": MAKER}, indent=2).removesuffix("\n}").encode()
    with path.open("rb") as file:
        return file.read(len(start)) == start


def refuse_foreign(out: Path) -> None:
    """Raise ExportError unless `out` is absent, an empty folder, or wholly an export of ours."""
    if not out.exists() and not out.is_symlink():
        return
    if out.is_symlink() or not out.is_dir():
        raise ExportError(f"{out} is not a folder", "give another one with --out")
    foreign = sorted({path.name for path in out.iterdir()} - _ours(out))
    if foreign:
        raise ExportError(
            f"{out} holds {foreign[0]!r}, which no export wrote",
            "move it away or give another folder with --out",
        )


def _ours(folder: Path) -> set[str]:
    try:
        values = json.loads((folder / RECORD).read_bytes())
    except (OSError, ValueError):
        return set()
    if not isinstance(values, dict) or values.get("made_by") != MAKER:
        return set()
    files = values.get("files")
    return {RECORD, *map(str, files)} if isinstance(files, list) else {RECORD}


@contextmanager
def _made(part: Path, out: Path) -> Iterator[None]:
    """Make the hidden folder anew, under a lock that a killed run leaves nothing of."""
    part.mkdir(parents=True, exist_ok=True)
    handle = os.open(part, os.O_RDONLY)
    try:
        _lock(handle, part, out)
        _emptied(part)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, part: Path, out: Path) -> None:
    """Take the folder, or raise ExportError; a run that just ended may have moved it away."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        ours = os.path.samestat(os.fstat(handle), part.stat())
    except (BlockingIOError, FileNotFoundError):
        ours = False
    if not ours:
        raise ExportError(f"{out} is being written by another run", "wait for its end")


def _emptied(part: Path) -> None:
    for leftover in part.iterdir():
        if leftover.is_dir() and not leftover.is_symlink():
            shutil.rmtree(leftover)
        else:
            leftover.unlink()


def _swap(part: Path, out: Path, old: Path) -> None:
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    part.rename(out)
    shutil.rmtree(old, ignore_errors=True)
