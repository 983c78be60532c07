"""What people were asked already: the server's own task list is the truth."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from annotate.label_studio import names

PAGE_TASKS = 1_000
SEPARATOR = " "


def asked(
    client: Any, project: int, rubric_id: str, purpose: names.Purpose = "work"
) -> Iterator[tuple[str, str]]:
    """The prompt and the answers of each task of a project, under a rubric and for a purpose."""
    tasks = client.tasks.list(
        project=project,
        page_size=PAGE_TASKS,
        fields="task_only",
        include="id,data",
        resolve_uri=False,
    )
    for task in tasks:
        about = (task.data or {}).get(names.ABOUT)
        if not isinstance(about, Mapping) or about.get("purpose", "work") != purpose:
            continue
        if about.get("rubric_id") == rubric_id:
            yield str(about.get("prompt_id")), answer_set(about.get("candidate_ids") or ())


def answer_set(candidate_ids: Iterable[object]) -> str:
    """Answers as one text that does not depend on their order."""
    return SEPARATOR.join(sorted(map(str, candidate_ids)))
