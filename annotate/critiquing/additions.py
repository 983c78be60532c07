"""What an expansion names that stands in no text before it: numbers, cited words, names.

Found without a model, so that no text can talk its way past it. It finds too much rather than too
little: where it is wrong, a person's own words stay in use. What it cannot see (a new fault in
plain words) is for the second reading.
"""

import re
from collections.abc import Iterator, Sequence

from annotate.critiquing.names import new_names
from annotate.critiquing.plain_text import folded, normal

NUMBER = re.compile(r"[0-9]+(?:[.,\u066b\u066c][0-9]+)*")
LIST_MARK = re.compile(r"(?m)^[ \t]*[0-9]{1,2}[.)][ \t]")
SEPARATORS = re.compile(r"[.,\u066b\u066c]")
COUNTED = (
    *("zero", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
WORD = re.compile(r"[a-z]+")
CITED = re.compile(r'"([^"]+)"|「([^」]+)」|『([^』]+)』')
ENDS = " .,;:!?\u3002'\"()[]"


def addition(text: str, before: Sequence[str]) -> str | None:
    """The first number, cited text or name in `text` that none of the texts before it holds.

    As words for a problem's end, such as `the number 12`; None where there is none.
    """
    for kind, found in (
        ("number", new_numbers(text, before)),
        ("citation", new_citations(text, before)),
        ("name", new_names(text, before)),
    ):
        first = next(found, None)
        if first is not None:
            return f"the {kind} {_ascii(first)}"
    return None


def new_numbers(text: str, before: Sequence[str]) -> Iterator[str]:
    """Numbers of a text that no text before it has, in digits or in English up to twelve.

    1,000 and 1000 are one number, so are 2,5 and 2.5. The marks of a numbered list are none.
    """
    known = {form for one in before for form in _known_forms(normal(one))}
    for found in NUMBER.finditer(LIST_MARK.sub("", normal(text))):
        if known.isdisjoint(_forms(found[0])):
            yield found[0]


def new_citations(text: str, before: Sequence[str]) -> Iterator[str]:
    """Texts between quotes that no text before holds, case and outer punctuation aside."""
    known = [folded(one) for one in before]
    for found in CITED.finditer(normal(text)):
        cited = folded(next(filter(None, found.groups()))).strip(ENDS)
        if cited and not any(cited in one for one in known):
            yield cited


def _known_forms(text: str) -> Iterator[str]:
    for found in NUMBER.findall(text):
        yield from _forms(found)
    words = set(WORD.findall(text.casefold()))
    yield from (str(number) for number, word in enumerate(COUNTED) if word in words)


def _forms(number: str) -> set[str]:
    """How else the number may be written: its separators may be of thousands or of decimals."""
    plain = SEPARATORS.sub("", number)
    decimal = SEPARATORS.sub(".", number)
    forms = {number, decimal} if "." in decimal else {number.lstrip("0") or "0"}
    groups = SEPARATORS.split(number)
    if len(groups) > 1 and all(len(group) == 3 for group in groups[1:]):
        forms.add(plain)
    return forms


def _ascii(found: str) -> str:
    """The finding as it may stand in a problem, which goes to the model outside the quotes."""
    text = ascii(found)
    return text if len(text) <= 60 else f"{text[:57]}..."
