"""Texts made comparable: one form for letters that look alike, no case, one kind of quotes."""

import re
import unicodedata
from itertools import groupby

SINGLE_QUOTES, DOUBLE_QUOTES = (
    "`\u2018\u2019\u201a\u201b",
    "\u201c\u201d\u201e\u201f\xab\xbb\u2039\u203a",
)
QUOTES = str.maketrans(dict.fromkeys(SINGLE_QUOTES, "'") | dict.fromkeys(DOUBLE_QUOTES, '"'))
LETTERS = re.compile(r"[^\W\d_]+")


def normal(text: str) -> str:
    """The text in Unicode's compatibility form with plain quotes, every digit as ASCII has it."""
    found = unicodedata.normalize("NFKC", text).translate(QUOTES)
    return "".join(_digit(one) if one.isdecimal() else one for one in found)


def folded(text: str) -> str:
    """As `normal`, without case and with single spaces."""
    return " ".join(normal(text).casefold().split())


def is_cased(letter: str) -> bool:
    """Whether the letter's script has capitals."""
    return letter.lower() != letter.upper()


def cased_words(text: str) -> list[tuple[str, int]]:
    """Runs of letters of scripts that have capitals, each with its place in the text."""
    found = []
    for run in LETTERS.finditer(text):
        place = run.start()
        for cased, letters in groupby(run[0], is_cased):
            word = "".join(letters)
            if cased:
                found.append((word, place))
            place += len(word)
    return found


def _digit(one: str) -> str:
    return str(unicodedata.decimal(one))
