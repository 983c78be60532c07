"""Which annotations were pulled, and into which events: `.label-studio/pulled.jsonl`.

A line is written before its event and believed only where a journal holds the event; so a kill
between the two, or a journal that was moved away, makes the next pull read the votes again.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from curate.disk import sync_folder
from schemas.base import Hex32, Record
from schemas.errors import LabelStudioError


class Entry(Record):
    """An annotation as it was pulled last.

    `event_id` is its latest event, a tombstone where `live` is false; null where it never was a
    vote. `here` is false once it is gone from the server.
    """

    vote_id: Hex32
    project: str
    task: int
    version: str
    event_id: Hex32 | None = None
    prompt_id: Hex32 | None = None
    rater: str | None = None
    live: bool = False
    here: bool = True


class Cursor(Record):
    """Every change of a project up to `since` was pulled."""

    project: str
    since: str


class Ledger:
    """The entries by annotation, and how far each project was read."""

    def __init__(self, path: Path, known_events: Iterable[str]) -> None:
        self._path = path
        self.entries: dict[str, Entry] = {}
        self.cursors: dict[str, str] = {}
        self._by_task: dict[tuple[str, int], set[str]] = {}
        self.events = set(known_events)
        if self._load():
            self._rewrite()

    def add(self, entries: Iterable[Entry]) -> None:
        """Note annotations, on the disk itself; their events are written after."""
        new = list(entries)
        self._append(new)
        for entry in new:
            self._take(entry)

    def reach(self, project: str, since: str) -> None:
        """Note how far a project was read."""
        if self.cursors.get(project) != since:
            self.cursors[project] = since
            self._append([Cursor(project=project, since=since)])

    def of_task(self, project: str, task: int) -> list[Entry]:
        """The annotations of a task that are on the server as far as is known."""
        found = (self.entries[it] for it in sorted(self._by_task.get((project, task), ())))
        return [entry for entry in found if entry.here]

    def of_project(self, project: str) -> list[Entry]:
        """The annotations of a project that are on the server as far as is known."""
        return [it for it in self.entries.values() if it.project == project and it.here]

    def _take(self, entry: Entry) -> None:
        self.entries[entry.vote_id] = entry
        self._by_task.setdefault((entry.project, entry.task), set()).add(entry.vote_id)
        if entry.event_id:
            self.events.add(entry.event_id)

    def _load(self) -> bool:
        """Read the file; whether it holds lines that are not believed."""
        if not self._path.exists():
            return False
        believed, whole = True, True
        for number, line in enumerate(self._path.read_bytes().splitlines(keepends=True), start=1):
            if not line.endswith(b"\n"):
                whole = False
                break
            record = self._record(line, number)
            if isinstance(record, Cursor):
                self.cursors[record.project] = record.since
            elif record.event_id is None or record.event_id in self.events:
                self._take(record)
            else:
                believed = False
        if not believed:
            self.cursors.clear()
        return not (believed and whole)

    def _record(self, line: bytes, number: int) -> Entry | Cursor:
        for kind in (Entry, Cursor):
            try:
                return kind.model_validate_json(line)
            except ValidationError:
                continue
        raise LabelStudioError(
            f"{self._path}, line {number}: not what `curate label pull` wrote",
            "restore the file from a copy",
        )

    def _append(self, records: Iterable[Entry | Cursor]) -> None:
        lines = b"".join(map(_line, records))
        with self._path.open("ab") as file:
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(self._path.parent)

    def _rewrite(self) -> None:
        cursors = [Cursor(project=name, since=since) for name, since in self.cursors.items()]
        staged = self._path.with_suffix(".staged")
        with staged.open("wb") as file:
            file.writelines(map(_line, [*self.entries.values(), *cursors]))
            file.flush()
            os.fsync(file.fileno())
        staged.replace(self._path)
        sync_folder(self._path.parent)


def _line(record: Record) -> bytes:
    return record.model_dump_json(exclude_defaults=True).encode("utf-8") + b"\n"
