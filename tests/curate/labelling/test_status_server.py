"""A project's state out of what the server lists of it, whatever that is."""

from typing import Any

import pytest

from curate.labelling.status_server import ProjectStatus, project_status

LISTED: dict[str, Any] = {
    "id": 7,
    "created_at": "2026-01-02T03:04:05.000006Z",
    "title": "4 answers, 1 picture, 2 raters pw-0123abcd",
    "maximum_annotations": 2,
    "task_number": 10,
    "finished_task_number": 3,
    "num_tasks_with_annotations": 5,
    "total_annotations_number": 8,
    "skipped_annotations_number": 1,
}


def listed(**changes: Any) -> ProjectStatus:
    return project_status("http://here", {**LISTED, **changes})


def test_tasks_are_done_partly_done_or_open() -> None:
    found = listed()
    assert (found.tasks, found.done, found.partly, found.open) == (10, 3, 2, 5)
    assert (found.votes, found.skips, found.open_votes) == (8, 1, 12)
    assert (found.title, found.url) == ("4 answers, 1 picture, 2 raters", "http://here/projects/7")


@pytest.mark.parametrize(
    ("title", "purpose"),
    [
        ("qualification: 4 answers pw-0123abcd", "qualification"),
        ("adjudication: 4 answers, 1 rater pw-0123abcd", "adjudication"),
        ("4 answers, 1 rater pw-0123abcd", "work"),
        ("play: 4 answers", "work"),
        (None, "work"),
    ],
)
def test_the_title_says_what_a_project_is_for(title: str | None, purpose: str) -> None:
    assert listed(title=title).purpose == purpose


@pytest.mark.parametrize(
    ("pulled", "unpulled"), [(9, 0), (5, 4), (0, 9), (12, 3)], ids=["all", "new", "none", "gone"]
)
def test_what_was_not_pulled_is_what_counts_differ_by(pulled: int, unpulled: int) -> None:
    assert listed().unpulled({listed().key: pulled, "another": 50}) == unpulled


def test_more_votes_than_wanted_leave_none_open() -> None:
    assert listed(total_annotations_number=25).open_votes == 0


@pytest.mark.parametrize("odd", [None, "many", -3, 1.5, []])
def test_a_count_that_is_none_is_no_task(odd: object) -> None:
    found = listed(**dict.fromkeys(set(LISTED) - {"title", "created_at"}, odd))
    assert (found.tasks, found.done, found.partly, found.open, found.raters) == (0, 0, 0, 0, 1)
