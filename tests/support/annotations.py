"""Annotations as Label Studio gives them, made by hand."""

from typing import Any

from annotate.label_studio import names
from annotate.label_studio.task import task_data
from schemas.candidate import Candidate, Prompt
from schemas.rubric import Rubric
from tests.support.pages import media_url

AT = "2026-03-04T05:06:07.890123Z"


def choices(name: str, *values: str) -> dict[str, Any]:
    """A control with pressed buttons."""
    value = {"choices": list(values)}
    return {"from_name": name, "to_name": "task", "type": "choices", "value": value}


def text(name: str, *values: str) -> dict[str, Any]:
    """A control with a text."""
    value = {"text": list(values)}
    return {"from_name": name, "to_name": "task", "type": "textarea", "value": value}


def stars(name: str, rating: object) -> dict[str, Any]:
    """A control with stars."""
    value = {"rating": rating}
    return {"from_name": name, "to_name": "task", "type": "rating", "value": value}


def ranker(value: object) -> dict[str, Any]:
    """A ranker's order."""
    value = {"ranker": value}
    return {"from_name": "ranking", "to_name": "task", "type": "ranker", "value": value}


def places(order: str, verdict: str = names.RANKED) -> list[dict[str, Any]]:
    """A verdict and the places of answers A, B, ...: `213` puts B first."""
    pressed = zip(names.LETTERS, order, strict=False)
    said = [choices(names.place(letter), place) for letter, place in pressed]
    return [choices(names.VERDICT, verdict), *said]


def annotation(*result: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """An annotation by user 7, with these controls."""
    given = {
        "id": 1,
        "completed_by": 7,
        "result": list(result),
        "was_cancelled": False,
        "lead_time": 12.5,
        "created_at": AT,
        "updated_at": AT,
    }
    return {**given, **changes}


def task(
    asked: Prompt, answers: list[Candidate], rubric: Rubric, *annotations: dict[str, Any]
) -> dict[str, Any]:
    """A task with these annotations."""
    data = task_data(asked, answers, rubric, media_url=media_url)
    return {"id": 5, "updated_at": AT, "data": data, "annotations": list(annotations)}
