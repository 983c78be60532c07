"""Which models are of one family, by their names."""

import re

LETTERS = re.compile(r"[a-z]+")
ALSO = {"chatgpt": "gpt", "o": "gpt"}
"""Names of one family that begin otherwise."""


def family_of(name: str) -> str | None:
    """What a model's name begins with: `Qwen/Qwen2-VL-72B` is of `qwen`; None without a letter.

    What stands before the last slash is who gives the model, not what it is.
    """
    found = LETTERS.search(name.rpartition("/")[2].lower())
    return ALSO.get(found[0], found[0]) if found else None
