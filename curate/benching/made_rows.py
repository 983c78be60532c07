"""A pair as a line of MM-RLHF's layout, and its media beside the file."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from curate.media.store import MediaStore

Row = Mapping[str, Any]


def line_of(row: Row) -> dict[str, Any]:
    """The pair; `id` is the prompt's own, so that a build knows the prompt again by it."""
    media = row["media"] or []
    paths = [path_of(medium, row["category"]) for medium in media]
    asked: dict[str, Any] = {"id": row["prompt_id"], "category": row["category"]}
    if media:
        kind = "image" if media[0]["kind"] == "image" else "video"
        asked[kind] = paths[0] if len(paths) == 1 else paths
    return {
        **asked,
        "prompt": _question(row["messages"][0]["parts"], media),
        "chosen": row["chosen"],
        "rejected": row["rejected"],
        "chosen_reason": row["chosen_reason"],
        "rejected_reason": row["rejected_reason"],
    }


def path_of(medium: Row, category: str) -> str:
    """Where a medium lies from the file on; one that was kept unread has the source's path."""
    name = medium["file"] or (medium["sha256"] if medium["frames"] else None)
    return f"{_folder(category)}/{name}" if name else str(medium["path"])


def copy_media(store: MediaStore, folder: Path, row: Row) -> list[str]:
    """Copy what the row shows below `folder`; the paths of what is not there."""
    missing = []
    for medium in row["media"] or []:
        target = path_of(medium, row["category"])
        frames = medium["frames"] or []
        files = [(name, f"{target}/{n:06d}{Path(name).suffix}") for n, name in enumerate(frames)]
        if medium["file"]:
            files = [(medium["file"], target)]
        if not files or not all(_copied(store, name, folder / to) for name, to in files):
            missing.append(target)
    return missing


def _copied(store: MediaStore, name: str, target: Path) -> bool:
    if not store.has(name):
        return False
    store.place(name, target, link=True)
    return True


def _question(parts: Sequence[Row], media: Sequence[Row]) -> str:
    """The words, with a mark for each medium unless all of them stand in front.

    Reading takes the line breaks around a mark for its own, and marks take media in their order.
    """
    if all(part["type"] == "text" for part in parts[len(media) :]):
        return "".join(part["text"] for part in parts[len(media) :])
    return "".join(
        part["text"] if part["type"] == "text" else _mark(media[part["media_index"]])
        for part in parts
    )


def _mark(medium: Row) -> str:
    return "\n<image>\n" if medium["kind"] == "image" else "\n<video>\n"


def _folder(category: str) -> str:
    """A category as a folder's name."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", category)[:40].strip("-").lower() or "other"
