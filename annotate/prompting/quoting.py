"""Other people's text put into a request so that it stays text: nothing in it closes the quotation.

Answers are written by models that may want a good score, and questions by anyone. No list of bad
phrases can be complete, so the marks around a text are made of a token that no text of the request
contains.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from schemas.base import canonical_json

TOKEN_LENGTH = 12
LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """The marks around every quoted text of one request. `token` is in none of the texts."""

    token: str

    @property
    def opening(self) -> str:
        """The mark before a text."""
        return f"<quote-{self.token}>"

    @property
    def closing(self) -> str:
        """The mark after a text."""
        return f"</quote-{self.token}>"

    def around(self, text: str) -> str:
        """The text between the marks, each on a line of its own; nothing in it is changed."""
        return f"{self.opening}\n{text}\n{self.closing}"


def quotation_for(texts: Iterable[str]) -> Quotation:
    """Marks that none of these texts can hold.

    The token is a digest of all texts together, so it is reproducible, and a text that means to
    hold it would have to hold a digest of itself. It is made longer as long as it is found all the
    same, which ends where it is longer than the longest text. Sorted, so that two orders of the
    same answers have the same marks and the server can use its cache up to the first answer.
    """
    known = sorted(texts)
    digest = _digest(canonical_json(known))
    token = digest[:TOKEN_LENGTH]
    while any(token in text for text in known):
        digest = _digest(digest)
        token += digest[:TOKEN_LENGTH]
    return Quotation(token)


def valid_text(text: str) -> str:
    """The text as it can be sent and stored: each lone surrogate becomes U+FFFD."""
    return LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
