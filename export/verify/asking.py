"""One reader's verdict on one export, in this process."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from export.verify.base import (
    NotAskedError,
    Reader,
    RefusedError,
    Verdict,
    one_line,
    out_of_room,
    written,
)
from export.verify.registry import READERS, UNRELEASED


def verdict_of(name: str, folder: Path) -> Verdict:
    """What the reader of that name says of the export in a folder, where it has rows."""
    if name in UNRELEASED:
        return Verdict(name, None, detail=UNRELEASED[name])
    reader = READERS[name]()
    try:
        by = f"{reader.package} {version(reader.package)}"
    except PackageNotFoundError:
        return Verdict(reader.package, None, detail=_not_installed(reader))
    try:
        found = written(folder)
        if not any(found.splits.values()):
            return Verdict(by, None, detail="no rows were written")
        checked = reader.read(found)
    except RefusedError as error:
        return Verdict(by, verified=False, detail=str(error))
    except NotAskedError as error:
        return Verdict(by, None, detail=str(error))
    except ImportError as error:
        return Verdict(by, None, detail=f"{by} cannot be imported: {one_line(error)}")
    except Exception as error:  # noqa: BLE001 - a consumer raises what it likes
        return Verdict(by, None if out_of_room(error) else False, detail=one_line(error))
    return Verdict(by, verified=True, rows=checked.rows, checked=checked.how)


def _not_installed(reader: Reader) -> str:
    """What is missing, and how to have the export verified all the same."""
    ours = f"pip install 'pairwright[{reader.extra}]', or " if reader.extra else ""
    return (
        f"{reader.package} is not installed; {ours}name the Python of an environment that has it: "
        "--verify-with PYTHON"
    )
