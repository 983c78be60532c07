"""The one JSON object in a judge's reply, found without trusting the reply.

Code fences and prose around the object are let pass. Nothing is mended: a trailing comma, a comment
or a second object is refused, since whoever mends a reply may put a score into it.
"""

import json
import re
from collections import Counter
from decimal import Decimal
from typing import Any, NoReturn

from annotate.prompting.unparsable import Unparsable

LONGEST_TEXT = 500_000
DEEPEST = 32
STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[{}\[\]]', re.DOTALL)
"""Possessive, so that no text makes it look twice at a character; the last string may be open."""


def only_object(text: str) -> dict[str, Any]:
    """The one JSON object in a text, its numbers as Decimal. Raises Unparsable, and nothing else.

    Refused are a name that stands twice in any object (which of two scores is meant?), NaN and
    Infinity, more than 500,000 characters and more than 32 levels. Line breaks inside a string are
    let pass, as models write them.
    """
    found = _cut_out(text)
    try:
        value = json.loads(
            found,
            strict=False,
            parse_int=Decimal,
            parse_float=Decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        raise Unparsable(f"the JSON is broken at character {error.pos} ({error.msg})") from error
    except ArithmeticError as error:
        raise Unparsable("a number is beyond all bounds") from error
    return dict(value)


def shown(value: object) -> str:
    """A value of the reply as it may stand in a problem: in ASCII, on one line and cut short."""
    text = ascii(str(value) if isinstance(value, Decimal) else value)
    return text if len(text) <= 40 else f"{text[:37]}..."


def _cut_out(text: str) -> str:
    """From the first brace to the one that closes it, where no further object follows."""
    if len(text) > LONGEST_TEXT:
        raise Unparsable(f"the reply has {len(text):,} characters, more than {LONGEST_TEXT:,}")
    if not text.strip("\N{ZERO WIDTH NO-BREAK SPACE} \t\r\n"):
        raise Unparsable("the reply is empty")
    start = text.find("{")
    if start < 0:
        raise Unparsable("there is no JSON object in the reply")
    end = _end_of_object(text, start)
    if "{" in text[end:]:
        raise Unparsable("there is more than one JSON object in the reply")
    return text[start:end]


def _end_of_object(text: str, start: int) -> int:
    """Where the object that starts there ends. The depth is known before anything is parsed."""
    depth = 0
    for token in STRING_OR_BRACKET.finditer(text, start):
        if token[0] in "{[":
            depth += 1
        elif token[0] in "}]":
            depth -= 1
        if depth > DEEPEST:
            raise Unparsable(f"the JSON has more than {DEEPEST} levels")
        if depth == 0:
            return token.end()
    raise Unparsable("the JSON object is cut off")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        twice, _ = Counter(name for name, _ in pairs).most_common(1)[0]
        raise Unparsable(f"{shown(twice)} stands twice in one object")
    return members


def _refuse_constant(name: str) -> NoReturn:
    raise Unparsable(f"{name} is no number of JSON")
