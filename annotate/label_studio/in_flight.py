"""A note of the import that is under way, so that a killed push is never sent twice.

A server goes on with a request whose sender was killed. The next push waits until the tasks are
there, or until they can no longer come, and only then looks which are there. Of a server on this
machine it is known when that is. Of another one it is not: there the wait has an end, and a task
that comes after it is taken back by the next push (`brought_by` tells it).
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from annotate.label_studio.projects import count
from schemas.base import Record
from schemas.counted import counted
from schemas.errors import LabelStudioError

PATIENCE_S, PATIENCE_A_TASK_S = 10.0, 0.05
LONGEST_S = 900.0
LOOK_EVERY_S = 0.25

LeftAlone = Callable[[], bool | None]
"""Whether the server works on a request whose sender is gone; None where that cannot be seen."""


class InFlight(Record):
    """Tasks on their way: the count that a project then has, and since when they may come."""

    url: str
    project: int
    expected: int
    sent: int
    at: float

    @property
    def patience(self) -> float:
        """Seconds within which a server of elsewhere is taken to have answered."""
        return PATIENCE_S + PATIENCE_A_TASK_S * self.sent


def write(
    path: Path,
    url: str,
    project: int,
    expected: int,
    sent: int,
    now: Callable[[], float] = time.time,
) -> None:
    """Note an import before it is sent."""
    note = InFlight(url=url, project=project, expected=expected, sent=sent, at=now())
    staged = path.with_suffix(".staged")
    staged.write_text(note.model_dump_json(), "utf-8")
    staged.replace(path)


def settle(
    client: Any,
    path: Path,
    url: str,
    left_alone: LeftAlone = lambda: None,
    now: Callable[[], float] = time.time,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Wait for the import that a killed push left under way; nothing where there is none.

    Raises LabelStudioError where a server of this machine does not finish it.
    """
    try:
        note = InFlight.model_validate_json(path.read_text("utf-8"))
    except (FileNotFoundError, ValidationError):
        return
    start = now()
    while note.url == url and _may_come(note, left_alone, now()) and not _is_there(client, note):
        if now() > start + LONGEST_S:
            raise LabelStudioError(
                f"{url}: it still works on {counted(note.sent, 'task')} that a push sent "
                "before it ended",
                "wait and run the command again, or start the server anew",
            )
        sleep(LOOK_EVERY_S)
    path.unlink(missing_ok=True)


def _may_come(note: InFlight, left_alone: LeftAlone, now: float) -> bool:
    """Whether the server may have the request in hand."""
    seen = left_alone()
    return note.at <= now < note.at + note.patience if seen is None else seen


def _is_there(client: Any, note: InFlight) -> bool:
    """Whether the tasks have come, or their project was deleted, so that they cannot."""
    found = count(client, note.project)
    return found is None or found >= note.expected
