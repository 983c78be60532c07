"""Names that an expansion brings in, told by their capitals.

In scripts without capitals, a word in another script's letters is a name (`Kodak` in a Chinese
sentence). In languages that write every noun with a capital only acronyms are told.
"""

import re
from collections.abc import Iterator, Sequence

from annotate.critiquing.plain_text import LETTERS, cased_words, folded, is_cased, normal

SENTENCE_START = re.compile(r"(?:^|[.!?:;\u3002\n])[\s\"'()\[\]*#>\u2013\u2014-]*\Z")
LOOK_BACK = 40
LONGEST_STEM = 64
"""Letters of a word that are compared: an answer may be a single word of a million."""

GERMAN = frozenset(
    ("der", "die", "das", "und", "wie", "nicht", "eine", "dem", "des", "wird", "sich", "auch")
)
ENOUGH_GERMAN = 3
OURS = frozenset(
    ("ai", "answer", "assistant", "comment", "model", "ok", "question", "response", "user")
)
"""What a critique may call what it is about."""


def new_names(text: str, before: Sequence[str]) -> Iterator[str]:
    """Words of a text that look like names and that no text before it has, in any inflection.

    A capital that begins a sentence says nothing.
    """
    plain = normal(text)
    stems = {stem for one in before for stem in _stems(normal(one))}
    nouns = _capitalises_nouns(plain)
    foreign = _without_capitals(plain)
    for word, place in cased_words(plain):
        if len(word) < 2 or word.casefold() in OURS:
            continue
        named = foreign or _is_name(word, plain, place, nouns=nouns)
        if named and _stem(folded(word)) not in stems:
            yield word


def _is_name(word: str, text: str, place: int, *, nouns: bool) -> bool:
    if any(letter.isupper() for letter in word[1:]):
        return True
    if nouns or not word[0].isupper():
        return False
    return not SENTENCE_START.search(text[max(0, place - LOOK_BACK) : place])


def _stems(text: str) -> Iterator[str]:
    """Every stem that a word of the text may have been inflected from."""
    for word, _ in cased_words(text):
        low = folded(word)
        longest = min(len(low), LONGEST_STEM)
        yield from (low[:length] for length in range(min(3, longest), longest + 1))


def _stem(word: str) -> str:
    """What stays of a word over its inflections: all of a short one, a long one but its end."""
    return word if len(word) < 5 else word[: min(max(4, len(word) - 2), LONGEST_STEM)]


def _capitalises_nouns(text: str) -> bool:
    words = {word.casefold() for word, _ in cased_words(text)}
    return len(GERMAN & words) >= ENOUGH_GERMAN


def _without_capitals(text: str) -> bool:
    """Whether most letters are of a script without capitals."""
    letters = "".join(LETTERS.findall(text))
    return sum(map(is_cased, letters)) * 2 < len(letters)
