"""The part of the page that ranks: the verdict, a place for every answer, and what is written.

An answer's place is pressed, not dragged: a press is quicker, equal places are a tie, and nothing
is chosen before somebody presses, so an order that nobody touched cannot be submitted.
"""

from xml.etree.ElementTree import Element

from annotate.label_studio import names
from annotate.label_studio.elements import choice, choices, heading, text_area, view
from annotate.label_studio.keys import VERDICT_KEYS, place_key, place_keys
from annotate.label_studio.shape import Shape

HINTS = {
    names.RANKED: "some answers are better than others",
    names.TIE: "no answer is better than another",
    names.ALL_GOOD: "all are equally good: you will be asked for a flawed copy of one",
    names.ALL_BAD: "all are equally poor: you will be asked for a correct answer",
}


def ranking(shape: Shape) -> list[Element]:
    """The verdict, and below it what the verdict asks for."""
    return [
        view(
            choices(
                names.VERDICT,
                [
                    choice(it, hint=HINTS[it], key=VERDICT_KEYS[it], chosen=it == names.RANKED)
                    for it in names.VERDICTS
                ],
                required="Choose a verdict: ranked, all equal, all good or all bad",
            )
        ),
        view(*_places(shape), style="pw-places", when=_when(names.RANKED)),
        view(
            text_area(
                names.BETTER,
                "Write a correct answer",
                rows=3,
                required="All answers are bad: write a correct one",
            ),
            when=_when(names.ALL_BAD),
        ),
        view(
            text_area(
                names.FLAWED,
                "Copy an answer and put one mistake into it",
                rows=3,
                required="All answers are good: write a copy with one mistake",
            ),
            when=_when(names.ALL_GOOD),
        ),
    ]


def _when(verdict: str) -> tuple[str, str, str]:
    return ("choice-selected", names.VERDICT, verdict)


def _places(shape: Shape) -> list[Element]:
    """A row for every answer: its letter and the places it may have."""
    return [heading("Place, 1 is best; equal places are a tie")] + [
        view(
            heading(letter.upper()),
            choices(
                names.place(letter),
                [
                    choice(
                        str(place + 1),
                        hint=_place_hint(letter, place),
                        key=place_key(shape.answers, number, place),
                    )
                    for place in range(shape.answers)
                ],
                required=f"Give answer {letter.upper()} a place",
            ),
            style="pw-row" if place_keys(shape.answers, number) else "pw-row pw-quiet",
        )
        for number, letter in enumerate(shape.letters)
    ]


def _place_hint(letter: str, place: int) -> str:
    return f"{letter.upper()} is best" if place == 0 else f"{letter.upper()} in place {place + 1}"
