"""The labelling page of a rubric and a shape, as Label Studio's XML.

Left, always in sight: pictures, verdict and places, rationale, flags. Right: the conversation and
the answers, each with its metrics.
"""

from collections.abc import Collection
from importlib import resources
from xml.etree.ElementTree import Element, SubElement

from annotate.label_studio import missing, names
from annotate.label_studio.cards import can_be_rated, cards
from annotate.label_studio.elements import (
    choice,
    choices,
    heading,
    markdown,
    text_area,
    view,
    xml,
)
from annotate.label_studio.keys import FLAG_KEYS
from annotate.label_studio.pictures import media, width
from annotate.label_studio.ranking import ranking
from annotate.label_studio.shape import Shape
from schemas.rubric import Rubric

FLAGS_HEIGHT, RANKING_HEIGHT, ROW_HEIGHT, RATIONALE_HEIGHT = 40, 56, 28, 56
"""Pixels of the controls under the pictures."""


def page(
    rubric: Rubric, shape: Shape, ask: Collection[str], *, show_reference: bool = False
) -> str:
    """The page's XML. `ask` is of ranking, metrics and reasons."""
    root = view(style="pw")
    style = SubElement(root, "Style")
    root.append(view(*_left(shape, ask), style=width(shape)))
    root.append(view(*_right(rubric, shape, ask, show_reference=show_reference), style="pw-right"))
    looks = (resources.files("annotate.label_studio") / "page.css").read_text("utf-8")
    style.text = "\n".join([looks.rstrip(), missing.style(root)])
    return xml(root)


def _left(shape: Shape, ask: Collection[str]) -> list[Element]:
    asked, below = [], FLAGS_HEIGHT
    if "ranking" in ask:
        asked += ranking(shape)
        below += RANKING_HEIGHT + ROW_HEIGHT * shape.answers
    if "reasons" in ask:
        asked.append(text_area(names.RATIONALE, "Why? What decided between the answers"))
        below += RATIONALE_HEIGHT
    flags = [choice(it, key=FLAG_KEYS[it]) for it in names.FLAG_NAMES]
    return [
        *media(shape, below),
        *([view(*asked, style="pw-asked", when=can_be_rated())] if asked else []),
        view(choices(names.FLAGS, flags, multiple=True), style="pw-flags"),
    ]


def _right(
    rubric: Rubric, shape: Shape, ask: Collection[str], *, show_reference: bool
) -> list[Element]:
    question = [markdown("conversation", "pw-conversation")]
    if show_reference:
        question += [
            view(heading("Reference"), markdown("reference", "pw-text"), style="pw-reference")
        ]
    return [
        view(*question, style="pw-question"),
        view(*cards(rubric, shape, ask), style="pw-cards"),
        # Controls belong to an object; Markdown is none, so this one holds them, out of sight.
        view(
            Element("Text", {"name": names.TASK, "value": "$title", "valueType": "text"}),
            style="pw-hidden",
        ),
    ]
