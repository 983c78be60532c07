"""Files of objects in JSON: other tools' questions, and our answers as they come."""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from schemas.errors import AlignError


def rows_of(path: Path, what: str) -> list[Mapping[str, Any]]:
    """The objects of a JSON lines file, or of a JSON list. Raises AlignError with the place."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise AlignError(f"{path}: cannot be read: {error}", f"name the file of {what}") from error
    if text.lstrip().startswith("["):
        rows = _loaded(text, str(path), what)
    else:
        lines = enumerate(text.split("\n"), start=1)
        rows = [_loaded(one, f"{path}, line {n}", what) for n, one in lines if one.strip()]
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            raise AlignError(f"{path}: row {number} is no object", f"name the file of {what}")
    return list(rows)


def done_rows(path: Path) -> list[Mapping[str, Any]]:
    """The whole lines of a file that a run wrote; what was torn off its end is cut."""
    if not path.exists():
        return []
    with path.open("rb+") as file:
        file.truncate(file.read().rfind(b"\n") + 1)
    return rows_of(path, "answers")


def append_rows(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add lines in one piece, and bring them to the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    with path.open("a", encoding="utf-8") as file:
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())


def _loaded(text: str, place: str, what: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise AlignError(f"{place}: no valid JSON", f"name the file of {what}") from error
