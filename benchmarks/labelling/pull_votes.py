"""Votes on a server, as people would have left them.

`make FOLDER URL KEY COUNT` makes a project of ours with that many tasks, a vote on each, and prints
its number. `vote PROJECT URL KEY START STOP` adds a vote to each task from the START-th to the
STOP-th, one at a time. `delete PROJECT URL KEY` takes a project away.
"""

import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from label_studio_sdk import LabelStudio

from annotate.label_studio import names
from annotate.label_studio.projects import Page, make
from annotate.label_studio.shape import Shape
from schemas.config_routing import LabelStudioSection
from tests.support.annotations import choices, places
from tests.support.pages import RUBRICS

A_REQUEST = 1_000
RUBRIC = RUBRICS["five-metric"]


def result(number: int) -> list[dict[str, Any]]:
    """All that the page asks about four answers."""
    scores = [
        choices(names.score(letter, metric.name), str((number + place) % 5))
        for place, letter in enumerate("abcd")
        for metric in RUBRIC.metric
    ]
    return [*places("2134"), *scores]


def made(client: Any, folder: Path, count: int) -> int:
    """The number of a new project with tasks and votes."""
    ask = LabelStudioSection().ask
    page = Page(rubric=RUBRIC, shape=Shape(answers=4), raters=3, ask=ask)
    project = make(client, page).number
    with (folder / "tasks.jsonl").open(encoding="utf-8") as lines:
        tasks = _tasks(islice(lines, count))
        while chunk := list(islice(tasks, A_REQUEST)):
            client.projects.import_tasks(id=project, request=chunk)
    return project


def voted(client: Any, project: int, start: int, stop: int) -> None:
    """One more vote on each of these tasks."""
    found = client.tasks.list(project=project, page_size=A_REQUEST, include="id")
    for number, task in enumerate(islice(found, start, stop)):
        client.annotations.create(id=task.id, result=result(number), lead_time=2.0)


def _tasks(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines):
        vote = {"result": result(number), "lead_time": 1.0 + number % 90}
        yield {"data": json.loads(line), "annotations": [vote]}


def main(step: str, what: str, url: str, key: str, *numbers: str) -> None:
    """Make a project, vote, or delete the project."""
    client = LabelStudio(base_url=url, api_key=key, timeout=600)  # type: ignore[no-untyped-call]
    if step == "make":
        sys.stdout.write(f"{made(client, Path(what), int(numbers[0]))}\n")
    elif step == "delete":
        client.projects.delete(id=int(what))
    else:
        voted(client, int(what), int(numbers[0]), int(numbers[1]))


if __name__ == "__main__":
    main(*sys.argv[1:])
