"""Texts in which no word is a special token of the tokenizer.

Answers are anybody's words: one that holds the mark of a turn's end could write its own critique,
one that holds a picture's mark would ask for a picture that is not there.
"""

import re
from typing import Any


class PlainText:
    """Puts a space into every special token that a text holds."""

    def __init__(self, tokenizer: Any, *more: str | None) -> None:
        found = {str(token) for token in tokenizer.all_special_tokens}
        found |= {
            token.content for token in tokenizer.added_tokens_decoder.values() if token.special
        }
        tokens = sorted({token for token in (*found, *more) if token and len(token) > 1})
        self._tokens = re.compile("|".join(map(re.escape, tokens))) if tokens else None

    def __call__(self, text: str) -> str:
        """The text as words only. What is written as no UTF-8 has is replaced."""
        text = text.encode("utf-8", "replace").decode("utf-8")
        while self._tokens is not None:
            text, count = self._tokens.subn(lambda it: f"{it[0][0]} {it[0][1:]}", text)
            if not count:
                break
        return text
