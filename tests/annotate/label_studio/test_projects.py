"""Projects are found again by their marker, and a page that was edited is named."""

from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import pytest

from annotate.label_studio.projects import LONGEST_TITLE, Page, Project, digest, make, ours
from annotate.label_studio.shape import MANY, Shape
from schemas.errors import LabelStudioError
from tests.support.pages import ASKED, RUBRICS, valid

PAGE = Page(rubric=RUBRICS["five-metric"], shape=Shape(answers=4), raters=2, ask=ASKED)


@dataclass
class Projects:
    """The part of the SDK's client that makes and lists projects."""

    kept: list[Any]

    @property
    def projects(self) -> "Projects":
        return self

    def list(self, **_: Any) -> list[Any]:
        return self.kept

    def create(self, *, request_options: Any, **given: Any) -> Any:
        assert request_options == {"max_retries": 0}
        self.kept.append(SimpleNamespace(id=len(self.kept) + 1, task_number=0, **given))
        return self.kept[-1]


def made() -> tuple[Projects, Any]:
    client = Projects([])
    make(client, PAGE)
    return client, client.kept[0]


def other(**changes: Any) -> Page:
    return PAGE.model_copy(update=changes)


@pytest.mark.parametrize(
    "page",
    [
        other(shape=Shape(answers=3)),
        other(shape=Shape(answers=4, pictures=1)),
        other(raters=1),
        other(ask=("ranking",)),
        other(show_reference=True),
        other(rubric=RUBRICS["mm-rlhf"]),
        other(purpose="qualification"),
        other(prefilled=True),
    ],
)
def test_what_annotators_see_and_how_many_they_are_makes_another_project(page: Page) -> None:
    client, _ = made()
    (found,) = ours(client)
    assert found.serves(PAGE)
    assert not found.serves(page)


def test_the_title_fits_and_keeps_its_mark() -> None:
    long = other(shape=Shape(answers=8, pictures=MANY, videos=12), raters=10)
    assert len(long.title) <= LONGEST_TITLE
    assert long.title.endswith(f"pw-{long.key[:8]}")
    assert PAGE.title == f"Rate 4 answers, 2 raters pw-{PAGE.key[:8]}"
    assert other(ask=("ranking",)).title.startswith("Rank 4 answers, 2 raters pw-")
    valid(long.xml)


def test_a_card_speaks_to_annotators_and_ends_with_what_it_is_found_by() -> None:
    end = f"(pairwright page {PAGE.key[:16]} config {digest(PAGE.xml)[:16]})"
    assert PAGE.description == (
        "Read each question and its answers, and say which answers are better and how good they "
        f"are. Inside, the button Instructions says how. {end}"
    )
    asked = other(purpose="adjudication", expert="h-0123456789ab").description
    assert asked.startswith(
        "Questions on which people disagree. For h-0123456789ab to decide. (pairwright page "
    )


def test_a_project_made_by_the_older_words_is_found_and_told_from_an_edited_one() -> None:
    client, project = made()
    project.title = "4 answers, 2 raters"
    project.description = (
        "Made by curate label push, which finds it by this line: "
        f"pairwright page {PAGE.key} config {digest(PAGE.xml)}"
    )
    (found,) = ours(client)
    assert (found.serves(PAGE), found.serves(other(raters=1))) == (True, False)
    found.check(PAGE)
    with pytest.raises(LabelStudioError, match="edited by hand"):
        replace(found, xml="<View/>").check(PAGE)


@pytest.mark.parametrize("gone", ["title", "description"])
def test_a_project_is_found_when_its_title_or_its_description_was_rewritten(gone: str) -> None:
    client, project = made()
    setattr(project, gone, "Urgent!")
    (found,) = ours(client)
    assert found.serves(PAGE)
    found.check(PAGE)


def test_a_project_of_somebody_elses_is_left_alone() -> None:
    client, project = made()
    project.title, project.description = "Cats", None
    assert list(ours(client)) == []


def test_an_edited_page_is_named() -> None:
    client, project = made()
    project.label_config = PAGE.xml.replace("ranked", "sorted")
    (found,) = ours(client)
    with pytest.raises(LabelStudioError, match=r"project 1 .* edited by hand; set its"):
        found.check(PAGE)


def test_a_page_of_another_version_of_the_tool_is_not_an_edited_one() -> None:
    _, project = made()
    old = Project(1, project.title, PAGE.key, "<View/>", None)
    with pytest.raises(LabelStudioError, match="edited by hand"):
        old.check(PAGE)
    replace(old, recorded=digest("<View/>\n")).check(PAGE)
