"""What the server's task list says was asked: by pages, whatever stands in a task."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from annotate.label_studio import asked as module
from annotate.label_studio import names
from annotate.label_studio.asked import BROUGHT_BY, asked, pages

RUBRIC = "good:0:4"


class Tasks:
    """The part of the SDK's client that lists tasks, above an id and so many at a time."""

    def __init__(self, *abouts: Any) -> None:
        self.tasks = self
        self.looks = 0
        self.kept = [
            SimpleNamespace(
                id=number * 3,
                data={names.ABOUT: about} if about != "no data" else None,
                total_annotations=int(number == 2),
                cancelled_annotations=0,
            )
            for number, about in enumerate(abouts, start=1)
        ]

    def list(self, *, query: str, page_size: int, **_: Any) -> Any:
        self.looks += 1
        (above,) = json.loads(query)["filters"]["items"]
        found = [it for it in self.kept if it.id > above["value"]]
        return SimpleNamespace(items=found[:page_size])


def about(prompt_id: str, **more: Any) -> dict[str, Any]:
    return {"prompt_id": prompt_id, "candidate_ids": ["b", "a"], "rubric_id": RUBRIC, **more}


def test_a_prompt_and_its_answers_in_one_order() -> None:
    assert list(asked(Tasks(about("p")), 1, RUBRIC)) == [("p", "a b")]


def test_every_task_comes_once_however_small_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAGE_TASKS", 2)
    client = Tasks(*(about(str(number)) for number in range(5)))
    assert [prompt for prompt, _ in asked(client, 1, RUBRIC)] == list("01234")
    assert client.looks == 4


def test_only_the_purpose_that_was_asked_for() -> None:
    client = Tasks(about("work"), about("review", purpose="review"))
    assert [prompt for prompt, _ in asked(client, 1, RUBRIC)] == ["work"]
    assert [prompt for prompt, _ in asked(client, 1, RUBRIC, "review")] == ["review"]


def test_another_rubric_was_not_asked_by() -> None:
    assert list(asked(Tasks(about("p", rubric_id="good:0:9")), 1, RUBRIC)) == []


@pytest.mark.parametrize("said", ["no data", None, 7, "text", [], {}])
def test_a_task_of_somebody_elses_is_passed_over(said: Any) -> None:
    assert [prompt for prompt, _ in asked(Tasks(said, about("p")), 1, RUBRIC)] == ["p"]


@pytest.mark.parametrize("ids", [None, 7, "ab", {"a": 1}])
def test_answers_that_are_no_list_are_none(ids: Any) -> None:
    assert list(asked(Tasks(about("p", candidate_ids=ids)), 1, RUBRIC)) == [("p", "")]


def test_a_page_says_by_which_import_a_task_came_and_whether_it_has_votes() -> None:
    (page,) = pages(Tasks(about("p", **{BROUGHT_BY: "x"}), about("q")), 1, RUBRIC)
    assert [(it.task, it.brought_by, it.is_voted) for it in page] == [
        (3, "x", False),
        (6, "", True),
    ]
