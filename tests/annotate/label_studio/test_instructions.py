"""The annotators' instructions say what the rubric says."""

import html

import pytest

from annotate.label_studio.instructions import instructions
from annotate.label_studio.shape import Shape
from schemas.rubric import Metric, Rubric
from tests.support import hostile
from tests.support.pages import ASKED, RUBRICS


@pytest.mark.parametrize("preset", RUBRICS)
def test_every_metric_is_explained_with_every_step(preset: str) -> None:
    rubric = RUBRICS[preset]
    said = html.unescape(instructions(rubric, Shape(answers=4), ASKED))
    for metric in rubric.metric:
        assert metric.question in said
        assert all(words in said for words in metric.levels.values())


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (
            ASKED,
            (
                "For reasons in words every answer has one box, for all that you say of it, and "
                "one more is for what decided between the answers. You may leave them empty."
            ),
        ),
        (("ranking", "metrics"), "The page asks for no reasons in words."),
    ],
)
def test_the_boxes_for_reasons_are_those_of_the_page(ask: tuple[str, ...], said: str) -> None:
    lines = instructions(RUBRICS["five-metric"], Shape(answers=2), ask).splitlines()
    assert lines[1] == f"<p>{said}</p>"


def test_annotators_are_told_what_is_kept_of_a_task_they_leave() -> None:
    said = instructions(RUBRICS["five-metric"], Shape(answers=2), ASKED)
    assert "what you write is kept once you press Shift+Enter in its box" in said
    assert "After a window titled Warning nothing more is kept" in said


def test_keys_are_listed_only_where_there_are_some() -> None:
    rubric = RUBRICS["five-metric"]
    assert "place of D" in instructions(rubric, Shape(answers=4), ASKED)
    assert "place of" not in instructions(rubric, Shape(answers=6), ASKED)
    assert "place of" not in instructions(rubric, Shape(answers=4), ("metrics",))


@pytest.mark.parametrize("text", hostile.texts())
def test_a_rubrics_words_are_escaped(text: str) -> None:
    metric = Metric(name="quality", question=text, levels={"0": text}, checks=(text,))
    rubric = Rubric(name="x", instructions=text, metric=(metric,))
    said = instructions(rubric, Shape(answers=2), ASKED)
    tags = {part.split(">")[0].strip("/") for part in said.split("<")[1:]}
    assert tags <= {"p", "h4", "ul", "li", "b"}
