"""The review page: one person's vote in words beside its task, to be accepted or returned.

Left, always in sight: pictures, what the vote says as a whole, and the expert's word. Right: the
conversation and the answers, each with what the vote says of it.
"""

import html
from importlib import resources
from xml.etree.ElementTree import Element, SubElement

from annotate.label_studio import names
from annotate.label_studio.elements import (
    choice,
    choices,
    heading,
    markdown,
    text_area,
    view,
    xml,
)
from annotate.label_studio.pictures import media, width
from annotate.label_studio.shape import Shape

STYLES = ("page.css", "review.css")
KEYS = {names.ACCEPT: "a", names.RETURN: "r"}
HINTS = {
    names.ACCEPT: "the vote stands",
    names.RETURN: "the vote is taken back, and your note is shown where the task opens again",
}
TASK = (
    "Each task is one person's vote. Read the conversation and the answers, then what the vote "
    "says of them, and accept it or return it."
)
RETURNING = (
    "A returned vote is taken back and its task opens again with your note, so say what is wrong "
    "and not who was. Skip what you cannot judge, and votes of your own."
)
STREAM = "Work in the label stream: the button Label All Tasks opens it."

VOTE_HEIGHT, WORD_HEIGHT, NOTE_HEIGHT = 190, 38, 60
"""Pixels under the pictures; a longer vote is scrolled in its box."""


def review_page(shape: Shape, *, show_reference: bool = False) -> str:
    """The page's XML."""
    root = view(style="pw")
    style = SubElement(root, "Style")
    folder = resources.files("annotate.label_studio")
    style.text = "\n".join((folder / name).read_text("utf-8") for name in STYLES)
    root.append(view(*_left(shape), style=width(shape)))
    root.append(view(*_right(shape, show_reference=show_reference), style="pw-right"))
    return xml(root)


def is_review(page: str) -> bool:
    """Whether a labelling page is one of reviews."""
    return f'name="{names.REVIEW}"' in page


def review_instructions() -> str:
    """What a reviewer is asked: HTML that Label Studio shows."""
    keys = "".join(f"<li><b>{key}</b> {html.escape(word)}</li>" for word, key in KEYS.items())
    listed = f"<h4>Keys</h4><ul>{keys}<li><b>Ctrl+Enter</b> submit</li></ul>"
    return "\n".join([f"<p>{TASK}</p>", f"<p>{RETURNING}</p>", listed, f"<p>{STREAM}</p>"])


def _left(shape: Shape) -> list[Element]:
    words = [choice(word, hint=HINTS[word], key=KEYS[word]) for word in names.REVIEW_FLAGS]
    return [
        *media(shape, VOTE_HEIGHT + WORD_HEIGHT + NOTE_HEIGHT),
        view(heading("The vote"), markdown(names.VOTE), style="pw-vote"),
        view(
            choices(names.REVIEW, words, required="Accept the vote or return it"),
            style="pw-review",
        ),
        view(
            text_area(
                names.NOTE,
                "What is to be mended? The rater reads this",
                required="Say what is to be mended",
            ),
            when=_when(names.RETURN),
        ),
        view(text_area(names.REMARK, "A remark, if you like"), when=_when(names.ACCEPT)),
    ]


def _right(shape: Shape, *, show_reference: bool) -> list[Element]:
    question = [markdown("conversation", "pw-conversation")]
    if show_reference:
        question += [
            view(heading("Reference"), markdown("reference", "pw-text"), style="pw-reference")
        ]
    return [
        view(*question, style="pw-question"),
        view(*(_card(letter) for letter in shape.letters), style="pw-cards"),
        view(
            Element("Text", {"name": names.TASK, "value": "$title", "valueType": "text"}),
            style="pw-hidden",
        ),
    ]


def _card(letter: str) -> Element:
    return view(
        heading(letter.upper()),
        markdown(names.answer(letter), "pw-text"),
        markdown(names.said(letter), "pw-said"),
        style=f"pw-card pw-card-{letter}",
    )


def _when(word: str) -> tuple[str, str, str]:
    return ("choice-selected", names.REVIEW, word)
