"""The record that a push leaves in the repository: which files are ours, by content.

The next push deletes what an earlier one wrote and it does not; it never deletes other files.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from export.hub.files import Content, LocalFile

RECORD = "pairwright/push.json"
MAKER = "pairwright"


def write_record(folder: Path, files: Mapping[str, LocalFile], build_id: str, version: str) -> None:
    """Write the record of these files into the staging folder."""
    told = {path: asdict(file.content) for path, file in files.items() if path != RECORD}
    values = {"made_by": MAKER, "version": version, "build_id": build_id, "files": told}
    target = folder / RECORD
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(values, indent=2, ensure_ascii=False) + "\n", "utf-8")


def recorded(data: bytes) -> dict[str, Content]:
    """What each file of the record's push held; nothing where it is no record of ours."""
    try:
        values = json.loads(data)
    except ValueError:
        return {}
    if not isinstance(values, dict) or values.get("made_by") != MAKER:
        return {}
    files = values.get("files")
    pairs = files.items() if isinstance(files, dict) else ()
    return {path: Content(**told) for path, told in pairs if _is_content(told)}


def _is_content(told: Any) -> bool:
    return (
        isinstance(told, dict)
        and told.keys() == {"size", "sha256", "oid"}
        and isinstance(told["size"], int)
        and isinstance(told["sha256"], str)
        and isinstance(told["oid"], str)
    )
