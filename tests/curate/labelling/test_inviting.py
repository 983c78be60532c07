"""Where `curate label invite` leads: to what is open, and to a qualification before it."""

import pytest

from annotate.label_studio.names import Purpose
from curate.labelling.inviting import Invitation, Open, for_annotators
from curate.labelling.status_server import ProjectStatus


def project(number: int, tasks: int, done: int = 0, purpose: Purpose = "work") -> ProjectStatus:
    where = f"http://here/projects/{number}"
    return ProjectStatus(number, "", "", purpose, where, 2, tasks, done, 0, 2 * done, 0)


@pytest.mark.parametrize(
    ("projects", "led_to"),
    [
        ([project(1, 3), project(2, 9), project(3, 9)], [2, 3, 1]),
        ([project(1, 11, done=11), project(2, 1)], [2]),
        ([project(1, 11, done=10), project(2, 3)], [2, 1]),
        ([project(1, 9), project(2, 1, purpose="qualification")], [2, 1]),
        (
            [project(1, 9, purpose="review"), project(2, 9, purpose="adjudication"), project(3, 1)],
            [3],
        ),
        ([project(1, 0), project(2, 9, purpose="review")], []),
        ([], []),
    ],
)
def test_people_are_led_to_what_is_theirs_to_do(
    projects: list[ProjectStatus], led_to: list[int]
) -> None:
    assert [it.project for it in for_annotators(projects)] == led_to


def test_the_lines_to_send_name_every_project_with_its_open_tasks() -> None:
    work = (
        Open(2, "Rate 3 answers, 1 rater", 5, "http://here/projects/2/data?labeling=1"),
        Open(1, "Rate 4 answers, 1 rater", 1, "http://here/projects/1/data?labeling=1"),
    )
    assert Invitation("http://here/signup", 2, work[0].title, work, done=False).lines == [
        (
            "Sign up by the link above, with an e-mail address of your own and any password of 8 "
            "characters or more."
        ),
        "It leads to the first of these; the others open once you are signed in:",
        "Rate 3 answers, 1 rater: 5 tasks, http://here/projects/2/data?labeling=1",
        "Rate 4 answers, 1 rater: 1 task, http://here/projects/1/data?labeling=1",
    ]
    assert Invitation("http://here/signup", None, None, (), done=True).lines == []
