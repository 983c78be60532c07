"""What people were asked already: the server's own task list is the truth.

Tasks come by id, each page asking for those above the last, so that nothing moves under the reader.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from annotate.label_studio import names

PAGE_TASKS = 500
SEPARATOR = " "
BROUGHT_BY = "brought_by"
"""Where a task's `pairwright` field says by which import it came."""

FIELDS = "id,data,total_annotations,cancelled_annotations"


class Asked(NamedTuple):
    """One task: its prompt, its answers as one text, and the import that brought it."""

    task: int
    purpose: str
    prompt_id: str
    answer_set: str
    brought_by: str
    is_voted: bool


def asked(
    client: Any, project: int, rubric_id: str, purpose: names.Purpose = "work"
) -> Iterator[tuple[str, str]]:
    """The prompt and the answers of each task of a project, under a rubric and for a purpose."""
    for page in pages(client, project, rubric_id):
        yield from ((it.prompt_id, it.answer_set) for it in page if it.purpose == purpose)


def pages(client: Any, project: int, rubric_id: str) -> Iterator[list[Asked]]:
    """All that a push compares of each task under a rubric, a page of the server's at a time."""
    last = 0
    while tasks := _above(client, project, last):
        found = (_asked(task, rubric_id) for task in tasks)
        yield [it for it in found if it is not None]
        last = max(int(task.id) for task in tasks)


def answer_set(candidate_ids: Iterable[object]) -> str:
    """Answers as one text that does not depend on their order."""
    return SEPARATOR.join(sorted(map(str, candidate_ids)))


def _above(client: Any, project: int, last: int) -> list[Any]:
    """The next tasks with a higher id than `last`."""
    above = {"filter": "filter:tasks:id", "operator": "greater", "type": "Number", "value": last}
    query = {"filters": {"conjunction": "and", "items": [above]}, "ordering": ["tasks:id"]}
    found = client.tasks.list(
        project=project,
        page=1,
        page_size=PAGE_TASKS,
        fields="task_only",
        include=FIELDS,
        query=json.dumps(query),
        resolve_uri=False,
    )
    return list(found.items or ())


def _asked(task: Any, rubric_id: str) -> Asked | None:
    about = (task.data or {}).get(names.ABOUT)
    if not isinstance(about, Mapping) or about.get("rubric_id") != rubric_id:
        return None
    return Asked(
        task=int(task.id),
        purpose=str(about.get("purpose", "work")),
        prompt_id=str(about.get("prompt_id")),
        answer_set=answer_set(_listed(about.get("candidate_ids"))),
        brought_by=str(about.get(BROUGHT_BY, "")),
        is_voted=bool(task.total_annotations or task.cancelled_annotations),
    )


def _listed(found: object) -> Iterable[object]:
    """A list as it is; nothing for whatever else somebody wrote there."""
    return found if isinstance(found, list) else ()
