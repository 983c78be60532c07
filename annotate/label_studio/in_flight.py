"""A note of the import that is under way, so that a killed push is never sent twice.

A server goes on with a request whose sender was killed. The next push waits until the tasks are
there, or until they can no longer come, and only then looks which are there.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from annotate.label_studio.projects import count
from annotate.label_studio.sdk import is_status
from schemas.base import Record

PATIENCE_S, PATIENCE_A_TASK_S = 10.0, 0.02
LOOK_EVERY_S = 0.25


class InFlight(Record):
    """Tasks on their way: the count that a project then has, and until when they may come."""

    url: str
    project: int
    expected: int
    until: float


def write(path: Path, url: str, project: int, expected: int, sent: int) -> None:
    """Note an import before it is sent."""
    until = time.time() + PATIENCE_S + PATIENCE_A_TASK_S * sent
    note = InFlight(url=url, project=project, expected=expected, until=until)
    staged = path.with_suffix(".staged")
    staged.write_text(note.model_dump_json(), "utf-8")
    staged.replace(path)


def settle(
    client: Any,
    path: Path,
    url: str,
    now: Callable[[], float] = time.time,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Wait for the import that a killed push left under way; nothing where there is none."""
    try:
        note = InFlight.model_validate_json(path.read_text("utf-8"))
    except (FileNotFoundError, ValidationError):
        return
    while note.url == url and now() < note.until and _count(client, note) < note.expected:
        sleep(LOOK_EVERY_S)
    path.unlink(missing_ok=True)


def _count(client: Any, note: InFlight) -> int:
    """Tasks of the project; as many as expected where it was deleted, since none will come."""
    from label_studio_sdk.core.api_error import ApiError

    try:
        return count(client, note.project)
    except ApiError as error:
        if is_status(error, 404):
            return note.expected
        raise
