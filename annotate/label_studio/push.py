"""Tasks into a project: checked here first, sent once, and counted by the server afterwards."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

from annotate.label_studio import in_flight, names
from annotate.label_studio.asked import BROUGHT_BY
from annotate.label_studio.projects import count
from annotate.label_studio.sdk import ONCE, is_status, refusal
from schemas.counted import counted
from schemas.errors import LabelStudioError

CHUNK = 1_000
"""Tasks a request: more are refused by proxies and time out."""

CHUNK_CHARACTERS = 16_000_000
"""And no more text than this, so that memory and requests stay small with long answers too."""

Task = dict[str, Any]
"""What an import takes: `data`, and `predictions` where there are any."""


class Checker:
    """Label Studio's own check of a page and of tasks against it, without the server."""

    def __init__(self, xml: str) -> None:
        from label_studio_sdk.label_interface.interface import LabelInterface

        self._interface: Any = LabelInterface(xml)
        self._interface.validate()  # type: ignore[no-untyped-call]

    def check(self, data: dict[str, Any], prediction: dict[str, Any] | None = None) -> None:
        """Raise LabelStudioError where the page shows a field that the task does not have.

        Or where the prediction has a control that the page does not have, or a value that it
        does not offer.
        """
        if not self._interface.validate_task({"data": data}):
            raise _misfit(data, "does not fit its page")
        faults = prediction and self._interface.validate_prediction(prediction, return_errors=True)
        if faults:
            raise _misfit(data, f"has scores that do not fit its page ({faults[0]})")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Tasks as the request that brings them, written out before it is its turn."""

    tasks: int
    body: bytes

    @classmethod
    def of(cls, tasks: Sequence[Task]) -> Self:
        """At most a chunk of tasks, marked as brought by one import."""
        mark = uuid4().hex
        for task in tasks:
            task["data"][names.ABOUT][BROUGHT_BY] = mark
        return cls(len(tasks), json.dumps(tasks, ensure_ascii=False).encode("utf-8"))


def send(client: Any, url: str, project: int, chunk: Chunk, note: Path, had: int) -> int:
    """Import a chunk into a project that has `had` tasks; how many it has then.

    `note` says what is under way until the server has confirmed it. Raises LabelStudioError where
    the server took another number of tasks than was sent.
    """
    in_flight.write(note, url, project, had + chunk.tasks, chunk.tasks)
    reply = _import(client, project, chunk.body)
    if is_status(reply, *range(400, 500)):  # refused as a whole: nothing is under way
        note.unlink(missing_ok=True)
    if not is_status(reply, *range(200, 300)):
        raise refusal(url, reply.status_code, _said(reply))
    note.unlink(missing_ok=True)
    _check_count(project, chunk.tasks, reply.json().get("task_count"), "it took")
    return had + chunk.tasks


def _import(client: Any, project: int, body: bytes) -> Any:
    """The SDK's own request, without its walk through every field of every task."""
    http = client._client_wrapper.httpx_client  # noqa: SLF001 - it has no method that takes JSON
    return http.request(
        f"api/projects/{project}/import",
        method="POST",
        content=body,
        headers={"content-type": "application/json"},
        request_options=ONCE,
    )


def _said(reply: Any) -> object:
    """What a refusal says, as JSON where it is that."""
    try:
        return reply.json()
    except ValueError:
        return reply.text


def verify(client: Any, project: int, total: int) -> None:
    """Raise LabelStudioError where the server counts another number of tasks."""
    _check_count(project, total, count(client, project), "it has")


def _check_count(project: int, wanted: int, found: int | None, verb: str) -> None:
    """Raise LabelStudioError where two counts differ."""
    if found != wanted:
        raise LabelStudioError(
            f"project {project}: {counted(wanted, 'task was', 'tasks were')} to be there, "
            f"the server says {verb} "
            f"{'none' if found is None else format(found, ',')}",
            "did somebody add or delete tasks meanwhile? run the command again",
        )


def _misfit(data: dict[str, Any], what: str) -> LabelStudioError:
    return LabelStudioError(
        f"prompt {data[names.ABOUT]['prompt_id']} {what}",
        "was the page made by another version? finish its project and push to a new one",
    )
