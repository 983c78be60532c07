"""What a character is to a text's tokens: part of a word, a token of its own, or a gap.

Scripts that write no spaces between words have a token a character, so that runs of three tokens
are character trigrams there and word trigrams elsewhere.
"""

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

GAP, WORD, ALONE = 0, 1, 2
KNOWN = 0x32000
"""Code points with an entry of their own; those above are rare ideographs or none at all."""

UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x1950, 0x19DF),  # Tai Le, New Tai Lue
    (0x1A20, 0x1AAF),  # Lanna
    (0x3005, 0x3007),  # ideographic marks
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),  # ideographs
    (0x4E00, 0x9FFF),
    (0xA9E0, 0xA9FF),
    (0xAA60, 0xAA7F),
    (0xF900, 0xFAFF),
    (0x20000, KNOWN - 1),
)
MARKUP = "|~"
JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"


@cache
def classes() -> "np.ndarray[Any, np.dtype[np.uint8]]":
    """The class of every code point below KNOWN, and in the last entry that of all above."""
    import numpy as np

    found = np.fromiter(map(_class_of, range(KNOWN)), np.uint8, KNOWN)
    for first, last in UNSPACED:
        block = found[first : last + 1]
        block[block == WORD] = ALONE
    return np.append(found, np.uint8(ALONE))


def _class_of(code: int) -> int:
    """Letters, digits and marks make words; signs such as + and emoji say something too."""
    character = chr(code)
    if character in JOINERS:
        return WORD
    if character in MARKUP:
        return GAP
    category = unicodedata.category(character)
    if category[0] in "LNM":
        return WORD
    return ALONE if category in {"Sm", "Sc", "So"} or character == "%" else GAP
