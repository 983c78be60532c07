"""Journals: append-only JSONL files of events, one file a run and process.

A line is on disk before it is counted. What follows the last newline is a torn write and no event;
a bad line before it stops the reader with file and line.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from schemas.errors import JournalError
from schemas.event import Event

BLOCK = 1 << 20


def write(file: BinaryIO, events: Iterable[Event]) -> int:
    """Append events as lines and return how many; the caller commits with `commit`."""
    count = 0
    for event in events:
        file.write(line_of(event))
        count += 1
    return count


def line_of(event: Event) -> bytes:
    """The event's line. Fields at their default are left out."""
    return event.model_dump_json(exclude_defaults=True).encode("utf-8") + b"\n"


def commit(file: BinaryIO) -> None:
    """Flush to the disk itself; what was written before is then safe from a kill."""
    file.flush()
    os.fsync(file.fileno())


def read(path: Path) -> Iterator[Event]:
    """The events of a journal in order, up to the last newline.

    Raises JournalError with file and line for a line that is no event.
    """
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.endswith(b"\n"):
                return
            try:
                yield Event.model_validate_json(line)
            except ValidationError as error:
                first = error.errors()[0]
                place = ".".join(str(part) for part in first["loc"])
                raise JournalError(
                    f"{path}, line {number}: no event ({place}: {first['msg']})",
                    "restore the file from a copy or move it out of annotations/",
                ) from error


def whole_length(path: Path) -> int:
    """Bytes up to and with the last newline: what a reader may believe."""
    size = path.stat().st_size
    with path.open("rb") as file:
        end = size
        while end > 0:
            start = max(0, end - 65536)
            file.seek(start)
            cut = file.read(end - start).rfind(b"\n")
            if cut >= 0:
                return start + cut + 1
            end = start
    return 0


def longest_line(path: Path) -> int:
    """Bytes of the longest line, its end included; what follows the last newline counts as one."""
    longest = length = 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            start = 0
            while (end := block.find(b"\n", start)) >= 0:
                longest = max(longest, length + end + 1 - start)
                start, length = end + 1, 0
            length += len(block) - start
    return max(longest, length)
