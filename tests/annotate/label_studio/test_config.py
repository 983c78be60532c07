"""The page's XML: valid for Label Studio, complete, and nothing more than what is asked."""

import os
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from annotate.label_studio import names
from annotate.label_studio.config import page
from annotate.label_studio.elements import NO_KEY
from annotate.label_studio.shape import MANY, Shape
from schemas.rubric import Metric, Rubric
from tests.support import hostile
from tests.support.pages import ASKED, RUBRICS, valid

GOLDEN = Path(__file__).with_name("page.xml")
ASKS = [asked for count in range(4) for asked in combinations(ASKED, count)]
SHAPES = [
    *(Shape(answers=answers, pictures=1) for answers in range(names.FEWEST, names.MOST + 1)),
    *(Shape(answers=4, pictures=pictures) for pictures in (0, 2, 3, 4, MANY)),
    Shape(answers=3, videos=1),
    Shape(answers=2, pictures=2, videos=2),
]


def controls(xml: str) -> dict[str, ET.Element]:
    """The page's controls by name."""
    found = {}
    for kind in ("Choices", "TextArea"):
        found.update({it.attrib["name"]: it for it in ET.fromstring(xml).iter(kind)})
    return found


@pytest.mark.parametrize("preset", RUBRICS)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("ask", ASKS, ids=lambda it: "+".join(it) or "nothing")
def test_every_page_is_valid(preset: str, shape: Shape, ask: tuple[str, ...]) -> None:
    for show_reference in (False, True):
        valid(page(RUBRICS[preset], shape, ask, show_reference=show_reference))


@pytest.mark.parametrize("preset", RUBRICS)
def test_every_answer_has_a_place_its_metrics_and_a_reason(preset: str) -> None:
    found = controls(page(RUBRICS[preset], Shape(answers=3), ASKED))
    expected = {names.VERDICT, names.RATIONALE, names.FLAGS, names.BETTER, names.FLAWED}
    for letter in "abc":
        expected |= {names.place(letter), names.reason(letter)}
        expected |= {names.score(letter, metric.name) for metric in RUBRICS[preset].metric}
    assert found.keys() == expected


@pytest.mark.parametrize("preset", RUBRICS)
def test_every_step_of_a_scale_can_be_chosen_with_its_words(preset: str) -> None:
    rubric = RUBRICS[preset]
    found = controls(page(rubric, Shape(answers=2), ASKED))
    for metric in rubric.metric:
        steps = list(found[names.score("b", metric.name)])
        numbers = [str(step) for step in range(metric.min, metric.max + 1)]
        assert [step.attrib["value"] for step in steps] == numbers
        assert [step.attrib["hint"] for step in steps] == [
            f"{number}: {metric.levels[number]}" for number in numbers
        ]


def test_nothing_is_chosen_beforehand_but_that_there_is_a_ranking() -> None:
    root = ET.fromstring(page(RUBRICS["five-metric"], Shape(answers=4), ASKED))
    chosen = [it.attrib["value"] for it in root.iter("Choice") if "selected" in it.attrib]
    assert chosen == [names.RANKED]


@pytest.mark.parametrize(
    ("ask", "gone"),
    [
        (("metrics", "reasons"), {names.VERDICT, "place_a", names.BETTER, names.FLAWED}),
        (("ranking", "reasons"), {"score_a_correctness"}),
        (("ranking", "metrics"), {names.RATIONALE, "reason_a"}),
    ],
)
def test_only_what_is_asked_is_there(ask: tuple[str, ...], gone: set[str]) -> None:
    rubric, shape = RUBRICS["five-metric"], Shape(answers=2)
    everything = controls(page(rubric, shape, ASKED)).keys()
    left = controls(page(rubric, shape, ask)).keys()
    assert gone <= everything
    assert not gone & left
    assert names.FLAGS in left


def test_the_reference_is_shown_only_where_asked() -> None:
    rubric, shape = RUBRICS["five-metric"], Shape(answers=2)
    assert "$reference" not in page(rubric, shape, ASKED)
    assert "$reference" in page(rubric, shape, ASKED, show_reference=True)


@pytest.mark.parametrize("answers", range(2, 9))
def test_no_key_does_two_things_and_every_choice_has_one(answers: int) -> None:
    root = ET.fromstring(page(RUBRICS["five-metric"], Shape(answers=answers), ASKED))
    keys = [it.attrib["hotkey"] for it in root.iter("Choice")]
    pressed = [key for key in keys if key != NO_KEY]
    assert len(set(pressed)) == len(pressed)
    assert len(pressed) == 7 + (answers**2 if answers <= 5 else 0)


@pytest.mark.parametrize("text", [*hostile.texts(), "$title costs $5"])
def test_a_rubrics_words_are_nothing_but_words(text: str) -> None:
    metric = Metric(name="quality", question=text, levels={"0": text, "4": text})
    found = page(Rubric(name="x", metric=(metric,)), Shape(answers=2), ASKED)
    valid(found)
    plain = page(
        Rubric(name="x", metric=(metric.model_copy(update={"question": "?", "levels": {}}),)),
        Shape(answers=2),
        ASKED,
    )
    assert [it.tag for it in ET.fromstring(found).iter()] == [
        it.tag for it in ET.fromstring(plain).iter()
    ]
    values = [it.attrib.get("value", "") for it in ET.fromstring(found).iter("Markdown")]
    assert {value for value in values if "$" in value and "span" in value} <= {
        value for value in values if "$\N{WORD JOINER}" in value
    }


def test_the_page_is_as_reviewed() -> None:
    made = page(RUBRICS["mm-rlhf"], Shape(answers=2, pictures=1), ASKED, show_reference=True)
    if os.environ.get("PAIRWRIGHT_REFRESH_GOLDEN"):
        GOLDEN.write_text(made, "utf-8")
    assert made == GOLDEN.read_text("utf-8"), (
        "read the difference, then refresh with PAIRWRIGHT_REFRESH_GOLDEN=1"
    )
