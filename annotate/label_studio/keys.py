"""The keys of what is pressed most: places, verdict and flags.

Answer A's places are the first row of a keyboard's keys, B's the second, and so on; a column is a
place. From six answers on there are not enough rows, and places have no keys.
"""

from annotate.label_studio import names
from annotate.label_studio.elements import NO_KEY

ROWS = ("12345", "qwert", "asdfg", "zxcvb", "yuiop")
VERDICT_KEYS = dict(zip(names.VERDICTS, "6789", strict=True))
FLAG_KEYS = dict(zip(names.FLAG_NAMES, "nmj", strict=True))


def place_key(answers: int, answer: int, place: int) -> str:
    """The key for the place of an answer, both counted from 0."""
    return ROWS[answer][place] if answers <= len(ROWS) else NO_KEY


def place_keys(answers: int, answer: int) -> str | None:
    """The keys of all places of an answer, None where they have none."""
    return ROWS[answer][:answers] if answers <= len(ROWS) else None
