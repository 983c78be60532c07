"""Taking a returned vote back on the server, its task open again with the reviewer's note.

Every step finds out what an earlier try did, so that one killed in the middle is gone on with.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from annotate.label_studio import names
from annotate.label_studio.pull import told
from annotate.label_studio.pull_about import about_of
from annotate.label_studio.review_task import Reviewable, annotation_of
from annotate.label_studio.safe_text import as_html
from annotate.label_studio.sdk import is_status
from schemas.base import Hex32

Outcome = Literal["accepted", "returned", "void"]
PAGE_TASKS = 1_000
NOTE_STYLE = (
    "border-left:4px solid #c53030;border-radius:4px;padding:4px 10px;margin-bottom:8px;"
    "background:rgba(197,48,48,0.08)"
)


class UnderReview(BaseModel):
    """What a review task records: the vote, and the last word on it that was carried out."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    reviews: Hex32
    rater: str
    task: int
    vote_id: Hex32
    version: str
    decided: Hex32 | None = None
    outcome: Outcome | None = None

    @property
    def vote(self) -> Reviewable:
        """The vote."""
        return Reviewable(self.reviews, self.rater, self.task, self.vote_id, self.version)


@dataclass(frozen=True, slots=True)
class ReviewTask:
    """A review task on the server."""

    project: int
    number: int
    data: Mapping[str, Any]
    about: UnderReview


def review_tasks(client: Any, project: int) -> Iterator[ReviewTask]:
    """The review tasks of a project; what holds no such record is passed over."""
    tasks = client.tasks.list(
        project=project,
        page_size=PAGE_TASKS,
        fields="task_only",
        include="id,data",
        resolve_uri=False,
    )
    for task in tasks:
        try:
            about = UnderReview.model_validate((task.data or {}).get(names.ABOUT))
        except ValidationError:
            continue
        yield ReviewTask(project, int(task.id), task.data, about)


def take_back(client: Any, vote: Reviewable, review_id: str, note: str) -> Outcome:
    """Show the note with the vote's task and delete the vote, so that the task is open again.

    `void` where the vote was edited or deleted meanwhile.
    """
    task = task_of(client, vote.task)
    if task is None or about_of({"data": task.data}) is None:
        return "void"
    annotation, noted = annotation_of(task, vote.vote_id), review_id in _returned(task.data)
    if annotation is None:
        return "returned" if noted else "void"
    if told(annotation, "updated_at") != vote.version:
        return "void"
    if not noted:
        client.tasks.update(id=str(vote.task), data=with_note(task.data, review_id, note))
    gone(lambda: client.annotations.delete(id=int(annotation["id"])))
    return "returned"


def with_note(data: Mapping[str, Any], review_id: str, note: str) -> dict[str, Any]:
    """The task's data with the note, as text, above the conversation."""
    words = f"<b>Returned by a reviewer:</b> {as_html(note)}"
    block = f'<div class="pw-note" style="{NOTE_STYLE}">{words}</div>'
    about = {**data[names.ABOUT], "returned": [*_returned(data), review_id]}
    return {**data, "conversation": f"{block}{data.get('conversation', '')}", names.ABOUT: about}


def mark(client: Any, task: ReviewTask, decided: str, outcome: Outcome) -> None:
    """Record that a word on the vote was carried out."""
    about = {**task.data[names.ABOUT], "decided": decided, "outcome": outcome}
    client.tasks.update(id=str(task.number), data={**task.data, names.ABOUT: about})


def task_of(client: Any, number: int) -> Any:
    """A task with its annotations; null where it is gone."""
    return gone(lambda: client.tasks.get(id=str(number)))


def gone(ask: Callable[[], Any]) -> Any:
    """What the server answers; null where what was asked for is gone."""
    from label_studio_sdk.core.api_error import ApiError

    try:
        return ask()
    except ApiError as error:
        if is_status(error, 404):
            return None
        raise


def _returned(data: Any) -> list[str]:
    """The reviews that returned votes on this task."""
    about = data.get(names.ABOUT) if isinstance(data, Mapping) else None
    listed = about.get("returned") if isinstance(about, Mapping) else None
    return [str(it) for it in listed] if isinstance(listed, list) else []
