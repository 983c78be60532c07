"""Votes under review as tasks, in projects of their own."""

from functools import partial
from typing import Any

from annotate.label_studio.projects import Project
from annotate.label_studio.review_return import ReviewTask, task_of
from annotate.label_studio.review_task import Reviewable, review_data
from curate.labelling.boxes import Boxes
from curate.labelling.connection import Connection
from curate.labelling.pages import page_of
from curate.labelling.served_media import ServedMedia
from curate.labelling.settled import NOTE
from curate.workspace import Workspace


def boxes_of(
    workspace: Workspace, connection: Connection, client: Any, there: list[Project]
) -> Boxes:
    """Empty boxes for review tasks."""
    folder = ServedMedia(workspace, connection.server).folder
    pages = partial(page_of, workspace, purpose="review")
    return Boxes(client, connection.url, workspace.root / NOTE, folder, there, pages)


def fill(workspace: Workspace, client: Any, boxes: Boxes, votes: tuple[Reviewable, ...]) -> int:
    """Send the votes; how many are not on the server as they were pulled."""
    lost = 0
    for vote in votes:
        task = task_of(client, vote.task)
        made = review_data(task, vote, workspace.rubric) if task else None
        if made is None:
            lost += 1
            continue
        shape, data = made
        boxes.add(shape, 1, data)
    boxes.close()
    return lost


def urls_of(connection: Connection, tasks: list[ReviewTask], boxes: Boxes) -> tuple[str, ...]:
    """Where votes are reviewed."""
    numbers = {task.project for task in tasks}
    numbers |= {box.project.number for box in boxes.boxes.values() if box.project}
    return tuple(f"{connection.url}/projects/{number}/data" for number in sorted(numbers))
