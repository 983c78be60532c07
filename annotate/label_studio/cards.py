"""The part of the page that shows the answers: a card each, with its metrics and its reason."""

from collections.abc import Collection
from xml.etree.ElementTree import Element

from annotate.label_studio import names
from annotate.label_studio.elements import (
    choice,
    choices,
    heading,
    markdown,
    text_area,
    view,
    word_with_hint,
)
from annotate.label_studio.shape import Shape
from schemas.rubric import Metric, Rubric


def cards(rubric: Rubric, shape: Shape, ask: Collection[str]) -> list[Element]:
    """One card an answer, in the order shown."""
    return [_card(rubric, letter, ask) for letter in shape.letters]


def title_of(metric: Metric) -> str:
    """A metric's name for people: `visual_detail` is `Visual detail`."""
    return metric.name.replace("_", " ").capitalize()


def level_hint(metric: Metric, step: int) -> str:
    """What a step means, in words; the metric's question where its levels have none."""
    return f"{step}: {metric.levels.get(str(step), metric.question)}"


def _card(rubric: Rubric, letter: str, ask: Collection[str]) -> Element:
    shown = [heading(letter.upper()), markdown(names.answer(letter), "pw-text")]
    asked = []
    if "metrics" in ask:
        asked.append(view(*(_metric(it, letter) for it in rubric.metric), style="pw-metrics"))
    if "reasons" in ask:
        asked.append(text_area(names.reason(letter), f"Why? What decided about {letter.upper()}"))
    if asked:
        shown.append(view(*asked, when=can_be_rated()))
    return view(*shown, style=f"pw-card pw-card-{letter}")


def can_be_rated() -> tuple[str, str, str]:
    """Shown unless a flag says that there is nothing to rate."""
    return ("choice-unselected", names.FLAGS, ",".join(names.CANNOT_RATE))


def _metric(metric: Metric, letter: str) -> Element:
    title = title_of(metric)
    return view(
        word_with_hint(title, metric.question),
        choices(
            names.score(letter, metric.name),
            [
                choice(str(step), hint=level_hint(metric, step))
                for step in range(metric.min, metric.max + 1)
            ],
            required=f"Score answer {letter.upper()}: {title}",
        ),
        style="pw-metric pw-quiet",
    )
