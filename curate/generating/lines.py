"""The file of answers: a line a prompt in the native layout, written as the answers come.

A line is whole or it is not there: what a killed run left of one is cut off, and its prompt is
answered again. Every answer says which checkpoint gave it, and how; a file holds one kind only.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from align.generate import Written
from curate.disk import sync_file
from curate.media.store import MediaStore
from schemas.base import canonical_json
from schemas.candidate import Medium, Message, Prompt
from schemas.errors import WorkspaceError

FRAMES, UNPACKED = "frames", "unpacked"


def answered(path: Path, sampling: Mapping[str, Any]) -> set[str]:
    """The prompts that the file has answers of; a broken last line is taken off it.

    Raises WorkspaceError where a line is no answer, or answers were made in another way.
    """
    if not path.exists():
        return set()
    _cut_torn_line(path)
    found = set()
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            prompt_id, made = _told(line, f"{path}, line {number}")
            if made != sampling:
                raise WorkspaceError(
                    f"{path}, line {number}: answers of {_difference(made, sampling)}",
                    "write to another file with --out",
                )
            found.add(prompt_id)
    return found


def line_of(
    prompt: Prompt,
    answers: Sequence[Written],
    store: MediaStore,
    folder: Path,
    model: str,
    sampling: Mapping[str, Any],
) -> str:
    """The line of a prompt's answers; frames of its media are laid out beside the file."""
    row = {
        "key": prompt.prompt_id,
        "messages": [_message(it, prompt.media, store, folder) for it in prompt.messages],
        "reference": prompt.reference,
        "attributes": dict(prompt.attributes),
        "responses": [
            {
                "text": answer.text,
                "model": model,
                "sampling": dict(sampling),
                "attributes": {"truncated": "true"} if answer.finish == "truncated" else {},
            }
            for answer in answers
        ],
    }
    return canonical_json(row) + "\n"


def append(path: Path, lines: Sequence[str]) -> None:
    """Add the lines in one piece, and bring them to the disk."""
    with path.open("a", encoding="utf-8") as file:
        file.write("".join(lines))
    sync_file(path)


def _cut_torn_line(path: Path) -> None:
    with path.open("rb+") as file:
        content = file.read()
        file.truncate(content.rfind(b"\n") + 1)


def _told(line: bytes, place: str) -> tuple[str, Mapping[str, Any]]:
    try:
        row = json.loads(line)
        return str(row["key"]), dict(row["responses"][0]["sampling"])
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise WorkspaceError(
            f"{place}: not a line of generated answers", "write to another file with --out"
        ) from error


def _difference(made: Mapping[str, Any], asked: Mapping[str, Any]) -> str:
    names = sorted(name for name in {*made, *asked} if made.get(name) != asked.get(name))
    return ", ".join(f"{name} {made.get(name)!r}, not {asked.get(name)!r}" for name in names)


def _message(
    message: Message, media: Sequence[Medium], store: MediaStore, folder: Path
) -> dict[str, Any]:
    parts = [
        {"type": "text", "text": part.text}
        if part.media_index is None
        else _medium(media[part.media_index], store, folder)
        for part in message.parts
    ]
    return {"role": message.role, "content": parts}


def _medium(medium: Medium, store: MediaStore, folder: Path) -> dict[str, str]:
    if medium.kind == "frames":
        place = store.folder / FRAMES / str(medium.sha256)
        for number, name in enumerate(medium.frames, start=1):
            store.place(name, place / f"{number:05d}{Path(name).suffix}")
    else:
        place = _beside(str(medium.file), store)
    kind = "image" if medium.kind == "image" else "video"
    return {"type": kind, "path": place.relative_to(folder).as_posix()}


def _beside(file: str, store: MediaStore) -> Path:
    """Where a file lies that a path can name; one of a workspace's store may be packed."""
    if store.path_of(file).is_file():
        return store.path_of(file)
    place = store.folder / UNPACKED / file
    store.place(file, place)
    return place
