"""Tasks into a project: checked here first, sent once, and counted by the server afterwards."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from annotate.label_studio import in_flight, names
from annotate.label_studio.projects import count
from annotate.label_studio.sdk import ONCE, is_status
from schemas.errors import LabelStudioError

CHUNK = 1_000
"""Tasks a request: more are refused by proxies and time out."""


class Checker:
    """Label Studio's own check of a page and of tasks against it, without the server."""

    def __init__(self, xml: str) -> None:
        from label_studio_sdk.label_interface.interface import LabelInterface

        self._interface: Any = LabelInterface(xml)
        self._interface.validate()  # type: ignore[no-untyped-call]

    def check(self, data: dict[str, Any]) -> None:
        """Raise LabelStudioError where the page shows a field that the task does not have."""
        if not self._interface.validate_task({"data": data}):
            raise LabelStudioError(
                f"prompt {data[names.ABOUT]['prompt_id']} does not fit its page",
                "was the page made by another version? finish its project and push to a new one",
            )


def send(client: Any, url: str, project: int, tasks: Sequence[dict[str, Any]], note: Path) -> int:
    """Import at most a chunk of tasks and return how many the project has then.

    `note` says what is under way until the server has confirmed it. Raises LabelStudioError where
    the server took another number of tasks than was sent.
    """
    from label_studio_sdk.core.api_error import ApiError

    before = count(client, project)
    in_flight.write(note, url, project, before + len(tasks), len(tasks))
    try:
        reply = client.projects.import_tasks(
            id=project, request=[{"data": data} for data in tasks], request_options=ONCE
        )
    except ApiError as error:
        if is_status(error, *range(400, 500)):  # refused as a whole: nothing is under way
            note.unlink(missing_ok=True)
        raise
    after = count(client, project)
    note.unlink(missing_ok=True)
    if reply.task_count != len(tasks) or after != before + len(tasks):
        raise LabelStudioError(
            f"project {project}: {len(tasks):,} tasks were sent, the server says it took "
            f"{reply.task_count}, and it has {after:,} after {before:,}",
            "did somebody add or delete tasks meanwhile? run the command again",
        )
    return after
