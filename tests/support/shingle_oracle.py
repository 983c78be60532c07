"""Tokens and trigram sets by the plainest Python, which the kernels are held against."""

import unicodedata

from curate.kernels.alphabet import ALONE, GAP, KNOWN, UNSPACED, WORD

Shingle = tuple[str, ...]


def tokens(text: str) -> list[str]:
    """The tokens of a text, one character after the other."""
    found, word = [], ""
    for character in unicodedata.normalize("NFKC", text).lower():
        kind = kind_of(character)
        if kind == WORD:
            word += character
            continue
        found += [word] if word else []
        word = ""
        if kind == ALONE:
            found.append(character)
    return found + ([word] if word else [])


def kind_of(character: str) -> int:
    """GAP, WORD or ALONE, by the character's category and script."""
    code, category = ord(character), unicodedata.category(character)
    if code >= KNOWN:
        return ALONE
    if category[0] in "LNM" or character in "\u200c\u200d":
        return ALONE if any(first <= code <= last for first, last in UNSPACED) else WORD
    is_sign = category in {"Sm", "Sc", "So"} or character == "%"
    return ALONE if is_sign and character not in "|~" else GAP


def shingles(text: str) -> set[Shingle]:
    """Every run of three tokens; of a text with fewer, what there is."""
    found = tokens(text)
    if not found:
        return set()
    return {tuple(found[at : at + 3]) for at in range(max(1, len(found) - 2))}


def jaccard(one: str, other: str) -> float:
    """Shared among all; 0 where one has no token."""
    first, second = shingles(one), shingles(other)
    return len(first & second) / len(first | second) if first and second else 0.0
