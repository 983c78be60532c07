"""A vote under review as a task: the data of its own task, and beside it what the vote says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from annotate.label_studio import names
from annotate.label_studio.pull import told, vote_id_of, vote_of
from annotate.label_studio.pull_about import About, about_of
from annotate.label_studio.pull_values import controls_of
from annotate.label_studio.review_words import vote_words
from annotate.label_studio.shape import MANY, Shape
from annotate.label_studio.task import NO_REFERENCE
from schemas.event import Event
from schemas.rubric import Rubric


@dataclass(frozen=True, slots=True)
class Reviewable:
    """A vote as it was pulled: its event, its rater, and where it stands on the server."""

    event_id: str
    rater: str
    task: int
    vote_id: str
    version: str


def annotation_of(task: Any, vote_id: str) -> Mapping[str, Any] | None:
    """The annotation of a task, as the SDK gets it, that is this vote; null where it is gone."""
    found = (it for it in task.annotations or () if isinstance(it, Mapping))
    return next((it for it in found if vote_id_of(it) == vote_id), None)


def review_data(task: Any, vote: Reviewable, rubric: Rubric) -> tuple[Shape, dict[str, Any]] | None:
    """The shape and the data of the review task; null where task or vote are not as pulled."""
    data = task.data if isinstance(task.data, Mapping) else {}
    about, annotation = about_of({"data": data}), annotation_of(task, vote.vote_id)
    if about is None or annotation is None or told(annotation, "updated_at") != vote.version:
        return None
    event = vote_of(about, annotation, lambda _by: vote.rater).event
    shown = ["title", "conversation", *map(names.answer, about.letters)]
    if event is None or not all(isinstance(data.get(name), str) for name in shown):
        return None
    words = vote_words(event, about, rubric, _written(event, annotation))
    given = {"reference": NO_REFERENCE, **data}
    return _shape(data, about), {**given, **words, names.ABOUT: _about(about, vote)}


def _about(about: About, vote: Reviewable) -> dict[str, Any]:
    return {
        "prompt_id": about.prompt_id,
        "candidate_ids": list(about.candidate_ids),
        "rubric_id": about.rubric_id,
        "rubric_hash": about.rubric_hash,
        "purpose": "review",
        "reviews": vote.event_id,
        "rater": vote.rater,
        "task": vote.task,
        "vote_id": vote.vote_id,
        "version": vote.version,
    }


def _shape(data: Mapping[str, Any], about: About) -> Shape:
    """The shape of the page on which the vote was given."""
    pictures = sum(names.picture(number) in data for number in range(1, MANY))
    return Shape(
        answers=len(about.candidate_ids),
        pictures=MANY if names.PICTURES in data else pictures,
        videos=sum(name.startswith("video_") for name in data),
    )


def _written(event: Event, annotation: Mapping[str, Any]) -> str | None:
    """The answer that the rater wrote, by the verdict that asks for it."""
    controls = controls_of(annotation.get("result"))
    wrote = {"all_bad": names.BETTER, "all_good": names.FLAWED}.get(event.verdict or "")
    return controls.text(wrote) if wrote else None
