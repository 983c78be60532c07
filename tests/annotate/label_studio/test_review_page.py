"""The review page is one that Label Studio takes, shows the vote, and asks for a word on it."""

from xml.etree.ElementTree import Element, fromstring

import pytest

from annotate.label_studio import names
from annotate.label_studio.projects import Page, digest
from annotate.label_studio.review_page import is_review, review_page
from annotate.label_studio.shape import MANY, Shape
from tests.support.pages import ASKED, RUBRICS, valid

SHAPES = [Shape(answers=2), Shape(answers=8, pictures=MANY), Shape(answers=3, pictures=1, videos=1)]


def page(shape: Shape) -> Element:
    return fromstring(review_page(shape))


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_the_page_is_valid(shape: Shape) -> None:
    valid(review_page(shape, show_reference=True))


def test_every_answer_has_what_was_said_of_it() -> None:
    shown = [it.get("value") for it in page(Shape(answers=2)).iter("Markdown")]
    assert shown == ["$vote", "$conversation", "$answer_a", "$said_a", "$answer_b", "$said_b"]


def test_a_word_is_required_and_a_note_where_it_is_a_return() -> None:
    required = {
        it.get("name")
        for it in page(Shape(answers=2)).iter()
        if it.get("required") == "true"
    }  # fmt: skip
    assert required == {names.REVIEW, names.NOTE}
    boxes = {box.get("whenChoiceValue"): box[0].get("name") for box in page(Shape(answers=2)).iter()
             if box.get("visibleWhen")}  # fmt: skip
    assert boxes == {names.RETURN: names.NOTE, names.ACCEPT: names.REMARK}


def test_reviews_and_work_are_other_projects() -> None:
    work = Page(rubric=RUBRICS["five-metric"], shape=Shape(answers=2), raters=1, ask=ASKED)
    review = work.model_copy(update={"purpose": "review"})
    assert work.key != review.key
    assert digest(work.xml) != digest(review.xml)
    assert review.title.startswith("review: 2 answers")
    assert (is_review(review.xml), is_review(work.xml)) == (True, False)
    assert "accept it or return it" in review.told
    assert "accept it or return it" not in work.told


def test_every_expert_has_projects_of_their_own() -> None:
    one = Page(
        rubric=RUBRICS["five-metric"],
        shape=Shape(answers=2),
        raters=1,
        ask=ASKED,
        purpose="adjudication",
        expert="h-1",
    )
    other = one.model_copy(update={"expert": "h-2"})
    assert one.key != other.key
    assert one.xml == other.xml
