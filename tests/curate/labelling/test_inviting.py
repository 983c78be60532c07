"""Where `curate label invite` leads: to work, and to a qualification before it."""

import pytest

from annotate.label_studio.projects import Project
from curate.labelling.inviting import first_for_annotators


def project(number: int, tasks: int, purpose: str = "") -> Project:
    return Project(number, f"{purpose}2 answers pw-{number:08}", "", "", None, tasks)


@pytest.mark.parametrize(
    ("projects", "first"),
    [
        ([project(1, 3), project(2, 9), project(3, 9)], 2),
        ([project(1, 9), project(2, 1, "qualification: ")], 2),
        ([project(1, 9, "review: "), project(2, 9, "adjudication: "), project(3, 1)], 3),
        ([project(1, 0), project(2, 9, "review: ")], None),
        ([], None),
    ],
)
def test_people_are_led_to_what_is_theirs_to_do(projects: list[Project], first: int | None) -> None:
    found = first_for_annotators(projects)
    assert (found.number if found else None) == first
